using System.Globalization;
using NodaTime;
using NodaTime.Calendars;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <summary>One request that nothing free could meet, for statistics: no person, and kept when the person is erased.</summary>
/// <param name="Week">Of ISO 8601, as <c>2026-W48</c>: the week in which it was asked, where it was asked.</param>
/// <param name="Insee">Null when only the territory is known.</param>
/// <param name="Id">The code of the request, so that each counts once.</param>
public sealed record Demand(Territory Territory, string Week, string? Insee, string Topic, string Id) : IRow
{
    /// <summary>The first day of its week.</summary>
    public LocalDate Monday => LocalDate.FromWeekYearWeekAndDay(
        int.Parse(Week.AsSpan(0, 4), provider: CultureInfo.InvariantCulture), int.Parse(Week.AsSpan(6), provider: CultureInfo.InvariantCulture), IsoDayOfWeek.Monday);

    public static Demand Of(WaitingPerson person) => new(
        person.Territory, WeekOf(person.CreatedAt.InZone(person.Territory.Zone).Date), person.Insee, person.Topic, person.Id.Code);

    public static string WeekOf(LocalDate date) => $"{WeekYearRules.Iso.GetWeekYear(date):D4}-W{WeekYearRules.Iso.GetWeekOfWeekYear(date):D2}";
}

/// <summary>Reads unmet demand. It is written by <see cref="Transactions.ITransactions"/> only.</summary>
/// <remarks>Every member throws <see cref="StorageUnavailableException"/> when storage does not answer.</remarks>
public interface IDemandStore
{
    /// <summary>One point read.</summary>
    Task<bool> ExistsAsync(Demand demand, CancellationToken cancellationToken);

    /// <summary>The demand of a territory from a week to a week, both included: one range query.</summary>
    Task<IReadOnlyList<Demand>> ListAsync(Territory territory, string fromWeek, string toWeek, CancellationToken cancellationToken);
}
