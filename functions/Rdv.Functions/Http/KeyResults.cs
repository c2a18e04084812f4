using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Http;

/// <summary>What a use case answers to who has the key of a link.</summary>
internal static class KeyResults
{
    /// <returns>Null for an unknown reference and for a wrong key: the same refusal, which is counted where it is answered.</returns>
    public static async Task<IResult?> ToHttpByKeyAsync<T>(this Result<T> result, Func<T, Task<IResult>> done) =>
        result.Refusal is Refusal.NotFound ? null : await result.ToHttpAsync(done);

    public static IResult? ToHttpByKey<T>(this Result<T> result, Func<T, IResult> done) =>
        result.Refusal is Refusal.NotFound ? null : result.ToHttp(done);
}
