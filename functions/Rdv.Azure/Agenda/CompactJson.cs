using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rdv.Azure.Agenda;

/// <summary>
/// Goes through JSON as it is written here: objects of one-letter names, without a space between. It reads the text that the client of the tables
/// gives, which a general reader would first make bytes of: a search reads thousands of entries.
/// </summary>
/// <remarks>Every member throws <see cref="InvalidDataException"/> when something else stands there.</remarks>
internal ref partial struct CompactJson(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    public bool TryTake(char mark)
    {
        var taken = Next == mark;
        _rest = taken ? _rest[1..] : _rest;
        return taken;
    }

    public void Take(char mark)
    {
        if (!TryTake(mark))
        {
            throw Unexpected();
        }
    }

    /// <summary>Goes on to the value of the next property of an object.</summary>
    /// <param name="name">Its letter; zero when it has more, or no value: then it is none of ours.</param>
    /// <returns>False when the object has ended.</returns>
    public bool TryProperty(out char name)
    {
        var next = _rest is [',', ..] ? _rest[1..] : _rest;
        if (next is ['"', not '\\' and var letter, '"', ':', not 'n', ..])
        {
            name = letter;
            _rest = next[4..];
            return true;
        }

        name = default;
        if (TryTake('}'))
        {
            return false;
        }

        _rest = next;
        Raw(out _);
        Take(':');
        return true;
    }

    /// <summary>A whole number of at most 18 digits.</summary>
    public long Long()
    {
        var isNegative = TryTake('-');
        var (value, digits) = (0L, 0);
        for (; digits < _rest.Length && char.IsAsciiDigit(_rest[digits]); digits++)
        {
            value = (value * 10) + _rest[digits] - '0';
        }

        if (digits is 0 or > 18)
        {
            throw Unexpected();
        }

        _rest = _rest[digits..];
        return isNegative ? -value : value;
    }

    public int Int() => Long() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw Unexpected();

    /// <exception cref="JsonException">What it escapes is nothing.</exception>
    public ReadOnlySpan<char> Text()
    {
        var whole = _rest;
        var raw = Raw(out var isEscaped);
        return isEscaped ? JsonSerializer.Deserialize(whole[..(raw.Length + 2)], TextJson.Default.String) : raw;
    }

    /// <summary>Passes over a value, whatever it is.</summary>
    public void Skip()
    {
        for (var depth = 0; depth > 0 || Next is not (',' or '}' or ']');)
        {
            switch (Next)
            {
                case '"':
                    Raw(out _);
                    continue;
                case '{' or '[':
                    depth++;
                    break;
                case '}' or ']':
                    depth--;
                    break;
                case default(char):
                    throw Unexpected();
            }

            _rest = _rest[1..];
        }
    }

    /// <summary>Zero at the end.</summary>
    private readonly char Next => _rest.IsEmpty ? default : _rest[0];

    /// <summary>A text as it stands there, without its quotation marks.</summary>
    /// <param name="isEscaped">Whether it is to be read with what is escaped in it.</param>
    private ReadOnlySpan<char> Raw(out bool isEscaped)
    {
        Take('"');
        var end = _rest.IndexOfAny('"', '\\');
        isEscaped = end >= 0 && _rest[end] == '\\';
        while (end >= 0 && _rest[end] == '\\' && end + 2 <= _rest.Length)
        {
            // What is escaped ends nothing.
            var next = _rest[(end + 2)..].IndexOfAny('"', '\\');
            end = next < 0 ? next : end + 2 + next;
        }

        if (end < 0 || _rest[end] != '"')
        {
            throw Unexpected();
        }

        var raw = _rest[..end];
        _rest = _rest[(end + 1)..];
        return raw;
    }

    private static InvalidDataException Unexpected() => new("A day of the agenda is not what was written.");

    [JsonSerializable(typeof(string))]
    private sealed partial class TextJson : JsonSerializerContext;
}
