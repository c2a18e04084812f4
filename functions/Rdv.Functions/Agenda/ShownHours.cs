using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rdv.Agenda;
using Rdv.Directory;
using Rdv.Functions.Http;

namespace Rdv.Functions.Agenda;

/// <summary>The hours of an advisor as they are shown to whoever changes them: with their version as ETag.</summary>
internal static class ShownHours
{
    public static IResult Of(Advisor advisor) => new WithETag(
        Json.Ok(advisor.Hours.Select(OpeningHoursBody.Of)), string.Create(CultureInfo.InvariantCulture, $"\"{advisor.HoursVersion}\""));

    /// <summary>What <c>If-Match</c> and <c>dryRun</c> say of a change.</summary>
    public static AdvisorChange ChangeOf(HttpRequest request) => new(VersionOf(request.Headers.IfMatch.ToString()), request.Query["dryRun"] == "true");

    // A tag that is none of ours matches no version, which are never below 1.
    private static int? VersionOf(string tag) => tag is "" or "*" ? null
        : int.TryParse(tag.AsSpan().TrimStart("W/").Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : 0;

    private sealed class WithETag(IResult answer, string tag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = tag;
            return answer.ExecuteAsync(httpContext);
        }
    }
}
