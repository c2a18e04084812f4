using Microsoft.AspNetCore.Http;

namespace Rdv.Local.Dev;

internal static class DevProblems
{
    /// <summary>400 <c>invalid</c>, in the shape of the contract.</summary>
    public static IResult Invalid(string field, string message) =>
        TypedResults.Problem(
            statusCode: StatusCodes.Status400BadRequest,
            title: "La demande n'est pas valable.",
            extensions: new Dictionary<string, object?>
            {
                ["code"] = "invalid",
                ["errors"] = new Dictionary<string, string[]> { [field] = [message] },
            });
}
