using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Pages.Booking;
using Rdv.Pages.Shared;

namespace Rdv.Pages.Hotline;

/// <summary>One of the numbered proposals to a caller.</summary>
/// <param name="Key">What takes it: 1 to 5.</param>
/// <param name="Value">See <see cref="SlotValue"/>.</param>
/// <param name="Distance">In words; null when it is not known.</param>
public sealed record Proposal(int Key, string Value, string When, string Where, string? Distance);

/// <param name="Chosen">The filter holds now: pressing it again ends it.</param>
public sealed record ProposalFilter(string Label, string? Key, string Change, bool Chosen);

/// <summary>What can be proposed to a caller, near and soon.</summary>
/// <param name="Where">From where nearness is told, in words.</param>
/// <param name="More">What asks for the next five; null when there are none.</param>
/// <param name="Next">The first free hour after the days that were looked through, where these have none.</param>
public sealed record ProposalsView(
    string Where, Topic Topic, IReadOnlyList<Proposal> Items, IReadOnlyList<ProposalFilter> Filters, string? More, NextSlot? Next, string Nonce)
{
    public const int Count = 5;
    public const int Days = 14;
    public const int SoonDays = 7;
    private const int MaxPlaces = 4;

    /// <summary>Places of neighbouring territories, when nothing is free here.</summary>
    public IReadOnlyList<ElsewhereChoice> Elsewhere { get; init; } = [];

    /// <param name="form">With a topic.</param>
    public static ProposalsView Of(CallerForm form, SlotsFound found, string nonce, NodaTime.LocalDate today)
    {
        var commune = Communes.Find(form.Insee);
        var nearness = found.Directory.NearnessFrom(form.Insee);
        var ordered = NearAndSoon.Of(found.Slots.Where(slot => IsWanted(form.Moment, slot)), nearness, today);
        var items = ordered.Skip(form.Rank).Take(Count).Select((slot, index) => Describe(slot, index + 1)).ToList();
        return new ProposalsView(
            commune is null ? $"Département {found.Directory.Territory}" : $"{commune.Name} ({found.Directory.Territory})",
            form.Topic!,
            items,
            FiltersOf(form, found, ordered, commune),
            ordered.Count > form.Rank + Count ? CallerForm.ToRank(form.Rank + Count) : null,
            items.Count == 0 && form.Rank == 0 ? NextSlot.Of(found) : null,
            nonce);

        Proposal Describe(Slot slot, int key) => slot.Means != Means.Place
            ? new(key, SlotValue.Of(slot).ToString(), Words.Moment(slot.Start), MeansChoice.NameOf(slot.Means), null)
            : found.Directory.Places.GetValueOrDefault(slot.PlaceId) is var place && place is not null
                ? new(key, SlotValue.Of(slot).ToString(), Words.Moment(slot.Start), $"{place.ShownName}, {place.Commune}", DistanceText.Of(nearness, place, form.Insee))
                : new(key, SlotValue.Of(slot).ToString(), Words.Moment(slot.Start), slot.PlaceId.Value, null);
    }

    private static List<ProposalFilter> FiltersOf(CallerForm form, SlotsFound found, IReadOnlyList<Slot> ordered, Commune? commune)
    {
        List<ProposalFilter> filters =
        [
            Toggle("Le matin", "m", CallerForm.ToMoment, CallerForm.Morning, form.Moment),
            Toggle("L'après-midi", "a", CallerForm.ToMoment, CallerForm.Afternoon, form.Moment),
            new("Dans les 7 jours", "s", CallerForm.ToSoon(!form.Soon), form.Soon),
        ];
        // Said of a person, not of an hour: it stands last.
        var signs = new ProposalFilter("Langue des signes", null, CallerForm.ToSigns(!form.Wish.Signs), form.Wish.Signs);
        if (form.Means != Means.Place)
        {
            filters.Add(new(MeansChoice.NameOf(form.Means), null, CallerForm.ToMeans(Means.Place), Chosen: true));
        }

        filters.AddRange(MeansChoice.OthersThan(form.Means, found, form.Topic!, commune)
            .Where(other => other != Means.Place)
            .Select(other => new ProposalFilter(MeansChoice.NameOf(other), other switch { Means.Phone => "t", Means.Video => "v", _ => "d" }, CallerForm.ToMeans(other), Chosen: false)));

        var places = form.PlaceId is { } one ? [one] : ordered.Where(slot => slot.Means == Means.Place).Select(slot => slot.PlaceId.Value).Distinct().Take(MaxPlaces).ToList();
        if (places.Count > 1 || form.PlaceId is not null)
        {
            filters.AddRange(places.Select((id, index) => Toggle(
                found.Directory.Places.GetValueOrDefault(new Ids.PlaceId(id))?.ShownName ?? id, index == 0 ? "l" : null, CallerForm.ToPlace, id, form.PlaceId)));
        }

        return [.. filters, signs];
    }

    private static ProposalFilter Toggle(string label, string? key, Func<string?, string> change, string value, string? now) =>
        new(label, key, change(value == now ? null : value), value == now);

    private static bool IsWanted(string? moment, Slot slot) => moment switch
    {
        CallerForm.Morning => slot.Start.Hour < 12,
        CallerForm.Afternoon => slot.Start.Hour >= 12,
        _ => true,
    };
}
