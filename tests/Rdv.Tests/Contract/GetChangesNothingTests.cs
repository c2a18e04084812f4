using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Whatever follows an address, a mail scanner or a preview, changes nothing: every GET and HEAD of the product, then the whole table compared.</summary>
public sealed class GetChangesNothingTests
{
    [Fact]
    public async Task No_address_that_is_followed_changes_anything()
    {
        await using var app = await ContractApp.StartAsync();
        var (kept, cancelled) = (await app.BookAsync(), await app.BookAsync());
        (await app.PostAsync($"/api/appointments/{cancelled.GetProperty("reference").GetString()}/cancel", new { key = cancelled.GetProperty("key").GetString() })).Status.ShouldBe(200);
        (await app.PostAsync("/api/hotline/appointments", app.Booking(await app.DrawStartAsync(), "01 99 00 45 68"), "hotline")).Status.ShouldBe(201);

        var planned = await app.PostAsync(
            $"/api/advisors/69/{ContractApp.Advisor}/workshops",
            new { title = "Découvrir Internet", topic = "internet", start = await app.DrawStartAsync(), minutes = 60, placeId = ContractApp.Place, seats = 3 },
            "admin");
        planned.Status.ShouldBe(201);
        var workshop = planned.Json.GetProperty("id").GetString()!;
        var waiting = await app.AskToBeCalledAsync();

        // What is due leaves now, chores first since they make messages due; then no timer runs any more while the addresses are followed.
        await app.RunTimerAsync("DoChores");
        await app.RunTimerAsync("SendSms");
        await app.RunTimerAsync("SendInvites");
        await app.RunTimerAsync("FreezeYesterday");
        await app.StopTimersAsync();
        var before = await RowsAsync(app.Table);

        var seen = new List<(string Route, int Status)>();
        foreach (var appointment in new[] { kept, cancelled })
        {
            var values = RouteValues.Of(appointment, app.App.Services.GetRequiredService<Rdv.Invites.FeedTokens>(), waiting, workshop);
            foreach (var trigger in Triggers.Http.Where(trigger => trigger.Method == "GET"))
            {
                foreach (var persona in new[] { null, "admin" })
                {
                    var address = $"{values.AddressOf(trigger.Route)}?q=vaul&topic=premiers-pas&commune=69256&sujet=premiers-pas&insee=69256&territory=69&territoire=69"
                        + $"&key={values["key"]}&annule=1&nouveau=1&deplace=1&confirm=1&telephone=0639981234&departement=69&conseiller={ContractApp.Advisor}&until=2100-01-01T00:00:00Z";
                    var reply = await app.GetAsync(address, persona);
                    seen.Add((trigger.Route, reply.Status));
                    reply.Status.ShouldBeLessThan(500, $"{address}: {reply}");
                    var head = await app.SendAsync(HttpMethod.Head, address, null, persona);
                    (head.Status, head.MediaType, head.Bytes.Length).ShouldBe((reply.Status, reply.MediaType, 0), address);
                }
            }
        }

        var after = await RowsAsync(app.Table);
        after.Except(before).ShouldBeEmpty();
        before.Except(after).ShouldBeEmpty();

        // The addresses led to the pages and answers that they are for, not to errors.
        foreach (var route in new[] { "{token:length(10,30)}", "r/{reference}/{key}", "r/{reference}/{key}/annuler", "r/{reference}/{key}/deplacer", "creneaux", "ateliers", "advisor/ateliers/{workshop}", "advisor/ateliers/{workshop}/annuler", "api/appointments/{reference}", "calendars/{file}", "api/hotline/callbacks", "p/{person}/{key}", "rappel", "hotline/attente/{person}", "hotline/demandes", "api/admin/demand" })
        {
            seen.ShouldContain((route, 200));
        }
    }

    /// <summary>Each row with all that is in it, its ETag too: a write of what already stood there is a change.</summary>
    private static async Task<List<string>> RowsAsync(TableClient table)
    {
        var rows = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken))
        {
            rows.Add(string.Join('\n', row.OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{column.Key}={column.Value}")));
        }

        rows.Count.ShouldBeGreaterThan(20);
        return rows;
    }
}
