using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Staff;

/// <summary>What staff do to people bears who it was: an id of the directory, and no name.</summary>
public sealed class AuditTests(PlatformApp platform) : IClassFixture<PlatformApp>
{
    private ContractApp App => platform.App;

    [Fact]
    public async Task What_an_operator_does_for_a_caller_bears_the_operator()
    {
        var (hotline, who) = await HiredAsync("hotline");
        var landline = App.Booking(await App.DrawStartAsync(), "01 99 00 45 81");
        var booked = await PostAsync("/api/hotline/appointments", landline, hotline);
        booked.Status.ShouldBe(201, booked.Text);
        var reference = booked.Json.GetProperty("reference").GetString()!;
        (await WhoAsync(reference, "change")).ShouldBe([who]);

        (await PostAsync($"/api/hotline/appointments/{reference}/resend", new { }, hotline)).Status.ShouldBe(200);
        var call = (await App.SendAsync(HttpMethod.Get, "/api/hotline/callbacks?territory=69&until=2100-01-01T00:00:00Z", null, null, null, hotline)).Json.EnumerateArray()
            .First(found => found.GetProperty("reference").GetString() == reference).GetProperty("id").GetString();
        (await PostAsync($"/api/hotline/callbacks/{call}", new { outcome = "reached", note = "Viendra" }, hotline)).Status.ShouldBe(200);
        (await WhoAsync(reference, "call")).ShouldBe([who]);

        var (other, another) = await HiredAsync("hotline");
        (await PostAsync($"/api/hotline/appointments/{reference}/cancel", new { }, other)).Status.ShouldBe(200);
        (await WhoAsync(reference, "change")).ShouldBe([who, another], ignoreOrder: true);
    }

    [Fact]
    public async Task What_a_citizen_does_bears_nobody()
    {
        var booked = await App.BookAsync();
        (await WhoAsync(booked.GetProperty("reference").GetString()!, "change")).ShouldBe([null]);
    }

    [Fact]
    public async Task Every_appointment_inside_an_absence_bears_who_closed()
    {
        var (advisor, who) = await HiredAsync("advisor:69/" + ContractApp.Advisor);
        var booked = await App.BookAsync();
        var closed = await PostAsync(
            $"/api/advisors/69/{ContractApp.Advisor}/absences",
            new { from = booked.GetProperty("start").GetString(), to = booked.GetProperty("end").GetString(), inside = "cancel" },
            advisor);
        closed.Status.ShouldBe(201, closed.Text);
        (await WhoAsync(booked.GetProperty("reference").GetString()!, "change")).ShouldBe([null, who], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_came_bears_who_said_so()
    {
        var (advisor, who) = await HiredAsync("advisor:69/" + ContractApp.Advisor);
        var walkIn = await PostAsync($"/api/advisors/69/{ContractApp.Advisor}/appointments", App.Booking(await App.DrawStartAsync()), advisor);
        walkIn.Status.ShouldBe(201, walkIn.Text);
        (await WhoAsync(walkIn.Json.GetProperty("reference").GetString()!, "change")).ShouldBe([who]);
    }

    [Fact]
    public async Task What_is_asked_about_a_person_bears_the_administrator()
    {
        var (admin, who) = await HiredAsync("admin");
        (await PostAsync("/api/admin/people/export", new { phone = App.DrawPhone() }, admin)).Status.ShouldBe(200);
        var rows = await RowsAsync($"PartitionKey eq 'privacy'");
        rows.ShouldHaveSingleItem().GetString("Who").ShouldBe(who);
    }

    private async Task<((string, string) Header, string Who)> HiredAsync(string role)
    {
        var header = await platform.HiredAsync(role);
        (await App.SendAsync(HttpMethod.Get, "/compte", null, null, null, header)).Status.ShouldBe(200);
        var newest = (await RowsAsync("PartitionKey eq 'staff' and RowKey ge 'person|' and RowKey lt 'person|~'")).OrderBy(row => row.GetDateTimeOffset("BoundAt")).Last();
        return (header, newest.RowKey.Split('|')[1]);
    }

    private async Task<IReadOnlyList<string?>> WhoAsync(string reference, string family)
    {
        var prefix = $"log|{reference[3..].Replace("-", "", StringComparison.Ordinal)}|{family}|";
        return [.. (await RowsAsync(TableClient.CreateQueryFilter($"PartitionKey eq '69' and RowKey ge {prefix} and RowKey lt {prefix + "~"}"))).Select(row => row.GetString("Who"))];
    }

    private async Task<IReadOnlyList<TableEntity>> RowsAsync(string filter) =>
        await App.Table.QueryAsync<TableEntity>(filter, cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    private Task<Reply> PostAsync(string path, object body, (string, string) header) =>
        App.SendAsync(HttpMethod.Post, path, JsonContent.Create(body), null, null, header);
}
