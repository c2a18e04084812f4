using NodaTime;
using NodaTime.Text;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Workshops;

namespace Rdv.Local.Samples;

/// <summary>Two workshops in the week after this one, so that a demonstration shows some. Started again in the same week, it plans no others.</summary>
internal sealed class SampleWorkshops(PlanWorkshop plan, IClock clock)
{
    private static readonly Territory Rhone = Territory.Parse("69");

    private static readonly (string Advisor, string Place, string Title, string Topic, IsoDayOfWeek Day, LocalTime At, int Seats)[] Wanted =
    [
        ("bachir-modele", "mediatheque-des-cerisiers", "Découvrir Internet en douceur", "internet", IsoDayOfWeek.Tuesday, new LocalTime(14, 30), 6),
        ("diego-fictif", "tiers-lieu-la-passerelle", "Mon smartphone et ses applications", "smartphone", IsoDayOfWeek.Thursday, new LocalTime(10, 0), 8),
    ];

    /// <summary>A day on which a workshop cannot be, a public holiday for one, has none.</summary>
    public async Task PlanAsync(CancellationToken cancellationToken)
    {
        var today = clock.GetCurrentInstant().InZone(Rhone.Zone).Date;
        foreach (var wanted in Wanted)
        {
            var date = today.Next(IsoDayOfWeek.Monday).PlusDays((int)wanted.Day - 1);
            await plan.ExecuteAsync(
                new WorkshopRequest(
                    Rhone,
                    new AdvisorId(wanted.Advisor),
                    wanted.Title,
                    wanted.Topic,
                    date.At(wanted.At).InZoneStrictly(Rhone.Zone).ToInstant(),
                    Workshop.DefaultMinutes,
                    wanted.Place,
                    wanted.Seats,
                    RequestIdentity.Of("sample-workshop", $"{wanted.Advisor}|{LocalDatePattern.Iso.Format(date)}", "")),
                cancellationToken);
        }
    }
}
