using Microsoft.AspNetCore.Http;
using NodaTime;
using Rdv.Load;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Structures;

/// <summary>The days that a page of the load shows: twelve weeks back and four ahead, or what was asked.</summary>
internal sealed record LoadPeriod(LocalDate From, LocalDate To, LocalDate Today)
{
    private LocalDate Monday => Today.PlusDays(1 - (int)Today.DayOfWeek);

    /// <summary>What is read: with what a forecast needs, as far as one answer may reach.</summary>
    public (LocalDate From, LocalDate To) Read =>
        (LocalDate.Min(From, Monday.PlusWeeks(-Forecast.PastWeeks)), LocalDate.Max(To, Monday.PlusWeeks(Forecast.Told + 1).PlusDays(-1))) is var (first, last)
            && Period.DaysBetween(first, last) < ReadLoad.MaxDays ? (first, last) : (From, To);

    public static LoadPeriod Of(HttpRequest request, LocalDate today)
    {
        var usual = new LoadPeriod(today, today, today);
        usual = usual with { From = usual.Monday.PlusWeeks(-Forecast.PastWeeks), To = usual.Monday.PlusWeeks(Forecast.Told + 1).PlusDays(-1) };
        return TimeInput.Day(Query.Text(request, "du")) is { } from && TimeInput.Day(Query.Text(request, "au")) is { } to
            && to >= from && Period.DaysBetween(from, to) < ReadLoad.MaxDays ? usual with { From = from, To = to } : usual;
    }
}
