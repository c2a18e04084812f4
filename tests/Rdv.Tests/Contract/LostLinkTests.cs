using System.Net;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>"J'ai perdu le SMS": the link again, without saying to anybody whether there is an appointment.</summary>
public sealed class LostLinkTests(ContractApp app) : IClassFixture<ContractApp>
{
    private const string Form = "application/x-www-form-urlencoded";

    [Fact]
    public async Task The_link_goes_to_the_number_of_the_appointment_and_the_page_says_the_same_to_everyone()
    {
        const string Phone = "06 39 98 73 01";
        var reference = (await app.BookAsync(Phone)).GetProperty("reference").GetString()!;
        var asked = await AskAsync(Phone, "Vaulx-en-Velin");
        asked.Status.ShouldBe(200);
        (await MessagesAsync(reference)).ShouldContain("link");

        foreach (var (phone, where) in new[] { ("06 39 98 73 02", "69"), ("01 99 00 73 02", "rhône"), (Phone, "Paris") })
        {
            var other = await AskAsync(phone, where);
            other.Status.ShouldBe(200);
            other.Text.ShouldBe(asked.Text, $"{phone} in {where}");
        }

        // Twice in ten minutes is once.
        await AskAsync(Phone, "69120");
        (await MessagesAsync(reference)).Count(kind => kind == "link").ShouldBe(1);
    }

    [Theory]
    [InlineData("", "69", "telephone")]
    [InlineData("3949", "69", "telephone")]
    [InlineData("06 39 98 73 03", "", "ou")]
    [InlineData("06 39 98 73 03", "nulle part du tout", "ou")]
    public async Task What_is_wrong_is_said_at_its_field(string phone, string where, string field)
    {
        var answer = await AskAsync(phone, where);
        answer.Status.ShouldBe(400);
        answer.Text.ShouldContain($"href=\"#{field}\"");
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_leads_there()
    {
        (await app.GetAsync("/r/69-AAAA-AAAA/nokey")).Text.ShouldContain("href=\"/lien\"");
        (await app.GetAsync("/")).Text.ShouldContain("href=\"/lien\"");
    }

    private Task<Reply> AskAsync(string phone, string where) => app.SendAsync(
        HttpMethod.Post, "/lien", ContractApp.Content($"telephone={WebUtility.UrlEncode(phone)}&ou={WebUtility.UrlEncode(where)}", Form));

    private async Task<IReadOnlyList<string>> MessagesAsync(string reference) =>
        [.. (await app.PostAsync("/api/hotline/search", new { reference }, "hotline")).Json.GetProperty("appointments")[0].GetProperty("messages").EnumerateArray()
            .Select(message => message.GetProperty("kind").GetString()!)];
}
