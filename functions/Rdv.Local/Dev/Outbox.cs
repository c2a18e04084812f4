using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Rdv.Local.Dev;

/// <summary>What was handed to the gateways, in order, kept in a file of one JSON object a line.</summary>
public sealed class Outbox : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new InstantConverter() } };

    private readonly Lock _lock = new();
    private readonly List<OutboxMessage> _messages = [];
    private readonly FileStream? _file;

    /// <param name="path">null keeps the messages in memory.</param>
    public Outbox(string? path)
    {
        if (path is null)
        {
            return;
        }

        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        Load(_file);
    }

    public IReadOnlyList<OutboxMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>Stored when it returns: the message is still there after a kill.</summary>
    public void Add(OutboxMessage message)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(message, Json);
        lock (_lock)
        {
            _file?.Write([.. line, (byte)'\n']);
            _messages.Add(message);
        }
    }

    public void Dispose() => _file?.Dispose();

    private void Load(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);

        // A line without its end was torn by a kill before Add returned: it is written over.
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        foreach (var line in Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _messages.Add(JsonSerializer.Deserialize<OutboxMessage>(line, Json)!);
        }

        file.SetLength(whole);
        file.Position = whole;
    }

    private sealed class InstantConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString()!).GetValueOrThrow();

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }
}
