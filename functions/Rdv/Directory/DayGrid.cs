using System.Numerics;
using NodaTime;

namespace Rdv.Directory;

/// <summary>
/// A day as 288 cells of five minutes of wall time, one bit each, held in five machine words: cell 0 is midnight.
/// Free time is <c>open AND NOT busy</c>, and a slot of n cells is found by shifts.
/// </summary>
public readonly record struct DayGrid
{
    public const int MinutesPerCell = 5;
    public const int Cells = 24 * 60 / MinutesPerCell;

    private readonly ulong _w0, _w1, _w2, _w3, _w4;

    private DayGrid(ulong w0, ulong w1, ulong w2, ulong w3, ulong w4)
    {
        _w0 = w0;
        _w1 = w1;
        _w2 = w2;
        _w3 = w3;
        _w4 = w4;
    }

    /// <summary>The whole day.</summary>
    public static DayGrid All { get; } = Range(0, Cells);

    public bool IsEmpty => (_w0 | _w1 | _w2 | _w3 | _w4) == 0;

    public int Count =>
        BitOperations.PopCount(_w0) + BitOperations.PopCount(_w1) + BitOperations.PopCount(_w2) + BitOperations.PopCount(_w3) + BitOperations.PopCount(_w4);

    /// <summary>The cells <paramref name="from"/> (included) to <paramref name="to"/> (excluded); bounds outside the day are cut.</summary>
    public static DayGrid Range(int from, int to)
    {
        from = Math.Clamp(from, 0, Cells);
        to = Math.Clamp(to, from, Cells);
        return new DayGrid(Word(0, from, to), Word(1, from, to), Word(2, from, to), Word(3, from, to), Word(4, from, to));
    }

    /// <summary>Each <paramref name="step"/>-th cell from <paramref name="from"/> (included) to <paramref name="to"/> (excluded).</summary>
    public static DayGrid Every(int step, int from, int to)
    {
        var grid = default(DayGrid);
        for (var cell = from; cell < to; cell += step)
        {
            grid |= Range(cell, cell + 1);
        }

        return grid;
    }

    /// <summary>The cell that begins at a wall time on the grid.</summary>
    public static int CellOf(LocalTime time) => ((time.Hour * 60) + time.Minute) / MinutesPerCell;

    public static LocalTime TimeOf(int cell) => LocalTime.FromMinutesSinceMidnight(cell * MinutesPerCell);

    /// <summary>Whether a wall time falls exactly on a cell.</summary>
    public static bool IsOnGrid(LocalTime time) => time.TickOfDay % (NodaConstants.TicksPerMinute * MinutesPerCell) == 0;

    /// <summary>The cells from which <paramref name="length"/> cells in a row are all in this grid.</summary>
    public DayGrid Fit(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var fit = this;
        for (var known = 1; known < length;)
        {
            // What is known to hold for `known` cells from here and from `shift` cells further holds for both together.
            var shift = Math.Min(known, length - known);
            fit &= fit.Earlier(shift);
            known += shift;
        }

        return fit;
    }

    public bool Contains(int cell) => cell is >= 0 and < Cells && (WordAt(cell >> 6) & (1UL << (cell & 63))) != 0;

    public bool ContainsAll(DayGrid other) => (other & ~this).IsEmpty;

    /// <summary>The first cell of the grid at or after <paramref name="cell"/>, or -1.</summary>
    public int Next(int cell)
    {
        for (var word = Math.Max(cell, 0) >> 6; word < 5; word++)
        {
            var bits = WordAt(word);
            if (word == cell >> 6)
            {
                bits &= ulong.MaxValue << (cell & 63);
            }

            if (bits != 0)
            {
                return (word << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return -1;
    }

    public static DayGrid operator &(DayGrid a, DayGrid b) => new(a._w0 & b._w0, a._w1 & b._w1, a._w2 & b._w2, a._w3 & b._w3, a._w4 & b._w4);

    public static DayGrid operator |(DayGrid a, DayGrid b) => new(a._w0 | b._w0, a._w1 | b._w1, a._w2 | b._w2, a._w3 | b._w3, a._w4 | b._w4);

    public static DayGrid operator ~(DayGrid a) => new(~a._w0, ~a._w1, ~a._w2, ~a._w3, ~a._w4 & uint.MaxValue);

    public static DayGrid BitwiseAnd(DayGrid left, DayGrid right) => left & right;

    public static DayGrid BitwiseOr(DayGrid left, DayGrid right) => left | right;

    public static DayGrid OnesComplement(DayGrid item) => ~item;

    // Moves every cell `by` places towards midnight; what would fall before it is dropped. `by` is under 288.
    private DayGrid Earlier(int by)
    {
        // Most shifts are of less than a word.
        if (by is > 0 and < 64)
        {
            var rest = 64 - by;
            return new DayGrid(
                (_w0 >> by) | (_w1 << rest),
                (_w1 >> by) | (_w2 << rest),
                (_w2 >> by) | (_w3 << rest),
                (_w3 >> by) | (_w4 << rest),
                _w4 >> by);
        }

        var words = by >> 6;
        var bits = by & 63;
        return new DayGrid(Shifted(words, bits), Shifted(words + 1, bits), Shifted(words + 2, bits), Shifted(words + 3, bits), Shifted(words + 4, bits));
    }

    private ulong Shifted(int word, int bits) =>
        bits == 0 ? WordAt(word) : (WordAt(word) >> bits) | (WordAt(word + 1) << (64 - bits));

    private ulong WordAt(int word) => word switch
    {
        0 => _w0,
        1 => _w1,
        2 => _w2,
        3 => _w3,
        4 => _w4,
        _ => 0,
    };

    private static ulong Word(int word, int from, int to)
    {
        var low = Math.Clamp(from - (word << 6), 0, 64);
        var high = Math.Clamp(to - (word << 6), 0, 64);
        return Below(high) & ~Below(low);
    }

    private static ulong Below(int bit) => bit == 64 ? ulong.MaxValue : (1UL << bit) - 1;
}
