using NodaTime;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Local.Samples;

/// <summary>One advisor who calls, meets by video and comes to people's homes in the afternoon, which a file of advisors has no column for.</summary>
internal sealed class SampleMeans(ChangeOpeningHours hours, ChangeBookingRules rules, ITerritoryDirectories directories)
{
    private const string Room = "https://visio.rdv.example/elise-maquette";
    private const int Kilometres = 10;

    private static readonly Territory Rhone = Territory.Parse("69");
    private static readonly AdvisorId Elise = new("elise-maquette");
    private static readonly Means[] Ways = [Means.Place, Means.Phone, Means.Video, Means.Home];

    /// <summary>At each start: the import of the samples has just said her hours anew. What she has said of her link and of homes stays.</summary>
    public async Task OfferAsync(CancellationToken cancellationToken)
    {
        if (!(await directories.ReloadAsync(Rhone, cancellationToken)).Advisors.TryGetValue(Elise, out var advisor))
        {
            return;
        }

        await hours.ExecuteAsync(
            Rhone, Elise, [.. advisor.Hours.Select(period => period.From < LocalTime.Noon ? period : period with { Means = Ways })], cancellationToken);
        if (advisor.Rules is null)
        {
            await rules.ExecuteAsync(Rhone, Elise, new BookingRules { VideoLink = Room, HomeKilometres = Kilometres }, cancellationToken);
        }
    }
}
