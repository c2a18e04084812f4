using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Http;

namespace Rdv.Functions.Agenda;

/// <summary>The hours of an advisor, and the rules of their day, as they are shown to whoever changes them: with their version as ETag.</summary>
internal static class ShownHours
{
    public static IResult Of(Advisor advisor) => WithVersion(Json.Ok(advisor.Hours.Select(OpeningHoursBody.Of)), advisor);

    public static IResult RulesOf(Advisor advisor) => WithVersion(Json.Ok(BookingRulesBody.Of(advisor.Rules ?? BookingRules.None)), advisor);

    /// <summary>What came of a change.</summary>
    public static IResult Changed(HoursChanged changed) => Json.Ok(new { changed.Version, Outside = changed.Outside.Select(reference => reference.ToString()) });

    /// <summary>What <c>If-Match</c> and <c>dryRun</c> say of a change.</summary>
    public static AdvisorChange ChangeOf(HttpRequest request) => new(VersionOf(request.Headers.IfMatch.ToString()), request.Query["dryRun"] == "true");

    private static WithETag WithVersion(IResult answer, Advisor advisor) =>
        new(answer, string.Create(CultureInfo.InvariantCulture, $"\"{advisor.HoursVersion}\""));

    // A tag that is none of ours matches no version, which are never below 1.
    private static int? VersionOf(string tag) => tag is "" or "*" ? null
        : int.TryParse(tag.AsSpan().TrimStart("W/").Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : 0;
}
