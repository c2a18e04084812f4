using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>Makes an answer of the API of what a use case answers.</summary>
internal static class ResultExtensions
{
    /// <summary>Sent compressed to who takes it so; for what anyone may read.</summary>
    public static IResult Compress(this IResult answer) => new Compressed(answer);

    public static IResult ToHttp<T>(this Result<T> result, Func<T, IResult> done) => result.Match(done, Problems.Of);

    public static Task<IResult> ToHttpAsync<T>(this Result<T> result, Func<T, Task<IResult>> done) =>
        result.Match(done, refusal => Task.FromResult(Problems.Of(refusal)));
}
