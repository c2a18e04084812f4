using NodaTime;
using Rdv.Functions.Http;

namespace Rdv.Functions.Agenda;

/// <summary>The body of a special week.</summary>
/// <param name="Week">A day of the week that changes.</param>
/// <param name="Like">A day of the week whose hours it gets.</param>
public sealed record CopyWeekBody(string? Week, string? Like)
{
    public LocalDate? WeekDay => Values.ParseDay(Week);

    public LocalDate? LikeDay => Values.ParseDay(Like);
}
