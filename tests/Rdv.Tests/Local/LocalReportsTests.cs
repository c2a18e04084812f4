using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Local;

/// <summary>The phone of a demonstration reports what became of an SMS, through the endpoint.</summary>
[Collection(SharedContractApp.Name)]
public sealed class LocalReportsTests(ContractApp app)
{
    [Theory]
    [InlineData("06 39 98 99 99", "failed", true)]
    [InlineData("0692 00 00 01", "delivered", false)]
    [InlineData("06 39 98 99 98", "sent", false)]
    public async Task A_number_tells_what_becomes_of_its_sms(string phone, string state, bool call)
    {
        var booked = await app.BookAsync(phone);
        var reference = booked.GetProperty("reference").GetString()!;
        await app.RunTimerAsync("SendSms");
        (await app.PostAsync("/api/hotline/search", new { reference }, "hotline")).Json.GetProperty("appointments")[0].GetProperty("messages").EnumerateArray()
            .Single(message => message.GetProperty("kind").GetString() == "confirmation").GetProperty("state").GetString().ShouldBe(state);
        (await app.GetAsync("/api/hotline/callbacks?territory=69&until=2100-01-01T00:00:00Z", "hotline")).Json.EnumerateArray()
            .Any(one => one.GetProperty("reference").GetString() == reference && one.GetProperty("reason").GetString() == "undelivered").ShouldBe(call);
    }
}
