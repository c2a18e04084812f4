using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>
/// Runs a trigger of the API and names what went wrong. An exception that left a function would be an empty 500 under the Functions
/// host, whatever a middleware in front does.
/// </summary>
public static class Answer
{
    public static async Task<IResult> OrProblem(Func<Task<IResult>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception) when (Problems.Of(exception) is { } problem)
        {
            return problem;
        }
        catch (BadHttpRequestException exception)
        {
            // The client broke off, or sent something that is not HTTP as declared.
            return exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Problems.Invalid("body", "La demande est trop longue.")
                : Problems.Invalid("body", "La demande n'est pas lisible.");
        }
    }
}
