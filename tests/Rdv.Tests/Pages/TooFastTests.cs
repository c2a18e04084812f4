using Microsoft.Extensions.DependencyInjection;
using Rdv.Functions.Http;
using Rdv.Local;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Pages;

public sealed class TooFastTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Fact]
    public async Task A_person_who_is_too_fast_reads_a_page_and_a_program_gets_a_problem()
    {
        await using var app = await LocalApp.StartAsync(
            new LocalOptions { Url = new Uri("http://127.0.0.1:0"), Mail = false, Demo = false },
            services => services.AddSingleton(new LimitSettings { ReadBurst = 1, ReadsPerMinute = 1 }),
            TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = app.BaseUrl };
        (await GetAsync(client, "/", Browser)).ShouldBe((200, "text/html", null));

        (await GetAsync(client, "/", Browser)).ShouldBe((429, "text/html", "5"));
        (await GetAsync(client, "/", "text/html")).ShouldBe((429, "text/html", "5"));
        (await GetAsync(client, "/", "*/*")).ShouldBe((429, "application/problem+json", "5"));
        (await GetAsync(client, "/", null)).ShouldBe((429, "application/problem+json", "5"));
        (await GetAsync(client, "/", "application/json, text/html;q=0.5")).ShouldBe((429, "application/problem+json", "5"));
        (await GetAsync(client, "/api/topics", Browser)).ShouldBe((429, "application/problem+json", "5"));
        (await GetAsync(client, "/calendars/x.ics", Browser)).ShouldBe((429, "application/problem+json", "5"));
    }

    private static async Task<(int Status, string? ContentType, string? RetryAfter)> GetAsync(HttpClient client, string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.RetryAfter?.ToString());
    }
}
