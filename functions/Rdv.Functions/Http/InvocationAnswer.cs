using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>The answer of an invocation; one that fails while it is written, a page for instance, becomes another, and one without words gets some.</summary>
/// <remarks>
/// It is written after the middleware of the worker has returned, out of reach of its catch. It has no public property on purpose: the worker
/// also serializes the result of an invocation for the host, which would send each answer twice, and fail where JSON cannot write it.
/// </remarks>
internal sealed class InvocationAnswer(IResult answer, SecurityHeaders headers, Func<Exception, IResult> otherwise) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            await answer.ExecuteAsync(httpContext);
            // A file to a condition that does not hold.
            if (httpContext.Response is { StatusCode: StatusCodes.Status412PreconditionFailed, HasStarted: false })
            {
                await InsteadAsync(Problems.StaleRead());
            }
        }
#pragma warning disable CA1031 // Whatever goes wrong is answered, as long as nothing has left.
        catch (Exception exception) when (!httpContext.Response.HasStarted)
#pragma warning restore CA1031
        {
            await InsteadAsync(otherwise(exception));
        }

        Task InsteadAsync(IResult other)
        {
            httpContext.Response.Clear();
            headers.Write(httpContext.Response);
            return other.ExecuteAsync(httpContext);
        }
    }
}
