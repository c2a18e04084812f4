using Microsoft.AspNetCore.Http;
using Rdv.Agenda;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Functions.Agenda;

/// <summary>What an address asks of the free slots of a territory.</summary>
internal static class SlotSearchQuery
{
    /// <param name="onWeb">False for those who see what is kept for the telephone.</param>
    public static Result<SlotSearch> Read(HttpRequest request, string territory, bool onWeb = true) => !Territory.TryParse(territory, out var parsed)
        ? new Refusal.NotFound()
        : MeansWords.Parse(Values.Text(request, "means")) is not { } means
        ? new Refusal.Invalid("means", MeansWords.Problem)
        : DaysAsked.Read(request, SearchSlots.DefaultDays).Map(asked => new SlotSearch(
            parsed,
            Values.Text(request, "topic"),
            asked.From,
            asked.Days,
            Values.Text(request, "structure") is { } structure ? new StructureId(structure) : null,
            Values.Text(request, "place") is { } place ? new PlaceId(place) : null,
            Values.Text(request, "advisor") is { } advisor ? new AdvisorId(advisor) : null,
            Values.Text(request, "insee"),
            onWeb)
        {
            Means = means,
            Signs = Values.Text(request, "signLanguage") == "true",
        });
}
