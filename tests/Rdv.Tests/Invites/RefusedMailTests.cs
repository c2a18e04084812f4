using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Tests.Directory;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Invites;

/// <summary>An invite that does not arrive is told to someone: on the pages of the advisor and of the structure.</summary>
public sealed class RefusedMailTests(TableStorage storage) : ProductTest(storage)
{
    [Fact]
    public async Task An_invite_that_came_back_is_noted_at_the_advisor_until_one_arrives()
    {
        var (world, product) = await StartAsync();
        world.Mail.Refuse = _ => new SendResult.Rejected("smtp-550");
        await BookAndSendAsync(product, "2026-11-24T09:00");
        (await GetsMailAsync(world, product)).ShouldBeFalse();

        world.Mail.Refuse = null;
        await BookAndSendAsync(product, "2026-11-24T11:00");
        (await GetsMailAsync(world, product)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_that_is_away_says_nothing_of_the_address()
    {
        var (world, product) = await StartAsync();
        world.Mail.Refuse = _ => new SendResult.Unavailable("smtp-421");
        await BookAndSendAsync(product, "2026-11-24T09:00");
        (await GetsMailAsync(world, product)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_corrected_address_begins_anew()
    {
        var (world, product) = await StartAsync();
        world.Mail.Refuse = _ => new SendResult.Rejected("smtp-550");
        await BookAndSendAsync(product, "2026-11-24T09:00");
        await product.Get<ImportAdvisors>().ExecuteAsync(
            Importing.Utf8("id,structure_id,first_name,last_name,email\na1,s1,Odette,Fictive,odette@corrige.example\n"), dryRun: false, TestContext.Current.CancellationToken);
        (await GetsMailAsync(world, product)).ShouldBeTrue();
    }

    private static async Task BookAndSendAsync(Product product, string start)
    {
        await product.BookAsync(new AnAppointment().At(start));
        await product.SendInvitesAsync();
    }

    private static async Task<bool> GetsMailAsync(World world, Product product) =>
        (await product.Directory.FindAdvisorAsync(world.Territory, new AdvisorId("a1"), TestContext.Current.CancellationToken))!.Value.GetsMail;
}
