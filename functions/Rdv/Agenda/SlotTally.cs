using System.Buffers;
using NodaTime;
using Rdv.Directory;
using Rdv.Ids;

namespace Rdv.Agenda;

/// <summary>Counts, for one day at a time, how many advisors are free at each place and cell.</summary>
internal readonly struct SlotTally : IDisposable
{
    private readonly IReadOnlyList<(StructureId Structure, PlaceId Place)> _places;

    // By the number of the place: the cells that anyone has free, and how many have each.
    private readonly DayGrid[] _any;
    private readonly ushort[] _free;

    // The numbers of the places, in the order in which those of one instant are told.
    private readonly int[] _order;

    public SlotTally(IReadOnlyList<(StructureId Structure, PlaceId Place)> places, Comparison<PlaceId>? order)
    {
        _places = places;
        _any = ArrayPool<DayGrid>.Shared.Rent(places.Count);
        _free = ArrayPool<ushort>.Shared.Rent(places.Count * DayGrid.Cells);
        _order = ArrayPool<int>.Shared.Rent(places.Count);
        _any.AsSpan().Clear();
        for (var place = 0; place < places.Count; place++)
        {
            _order[place] = place;
        }

        if (order is not null)
        {
            _order.AsSpan(0, places.Count).Sort((a, b) => order(places[a].Place, places[b].Place));
        }
    }

    public void Add(int place, DayGrid starts)
    {
        var counts = _free.AsSpan(place * DayGrid.Cells, DayGrid.Cells);
        var known = _any[place];
        for (var cell = starts.Next(0); cell >= 0; cell = starts.Next(cell + 1))
        {
            counts[cell] = (ushort)(known.Contains(cell) ? counts[cell] + 1 : 1);
        }

        _any[place] = known | starts;
    }

    /// <summary>Adds the slots of the day by time, and forgets them.</summary>
    public void Drain(LocalDate date, int minutes, Means means, List<Slot> slots)
    {
        var anywhere = default(DayGrid);
        foreach (var starts in _any.AsSpan(0, _places.Count))
        {
            anywhere |= starts;
        }

        for (var cell = anywhere.Next(0); cell >= 0; cell = anywhere.Next(cell + 1))
        {
            var start = date.At(DayGrid.TimeOf(cell));
            foreach (var place in _order.AsSpan(0, _places.Count))
            {
                if (_any[place].Contains(cell))
                {
                    slots.Add(new Slot(start, minutes, _places[place].Structure, _places[place].Place, _free[(place * DayGrid.Cells) + cell]) { Means = means });
                }
            }
        }

        _any.AsSpan(0, _places.Count).Clear();
    }

    public void Dispose()
    {
        ArrayPool<DayGrid>.Shared.Return(_any);
        ArrayPool<ushort>.Shared.Return(_free);
        ArrayPool<int>.Shared.Return(_order);
    }
}
