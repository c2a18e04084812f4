using NodaTime;
using Rdv.Staff;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Staff;

/// <summary>A role begins and ends when the directory says so, and within seconds of what an administrator does.</summary>
public sealed class RolesInTimeTests(TableStorage storage) : StaffTest(storage)
{
    [Fact]
    public async Task A_role_holds_from_its_first_day_to_the_end_of_its_last()
    {
        var (world, product) = await StartAsync();
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new("hotline"), new("advisor:69/a1", "2026-11-20", "2026-12-31"));
        var account = Account("sub-1", Gaelle);
        foreach (var (at, roles) in ((string, string[])[])
        [
            ("2026-11-19T23:59", ["hotline"]), ("2026-11-20T00:00", ["hotline", "advisor:69/a1"]),
            ("2026-12-31T23:59", ["hotline", "advisor:69/a1"]), ("2027-01-01T00:00", ["hotline"]),
        ])
        {
            world.GoTo(at);
            (await RolesAsync(product, account)).ShouldBe(roles, at);
        }
    }

    [Fact]
    public async Task The_last_day_ends_where_the_role_is()
    {
        var (world, product) = await StartAsync(territory: "974");
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("advisor:974/a1", To: "2026-12-31"));
        var account = Account("sub-1", Gaelle);
        world.GoTo("2026-12-31T23:59");
        (await RolesAsync(product, account)).ShouldBe(["advisor:974/a1"]);
        world.GoTo("2027-01-01T00:00");
        (await RolesAsync(product, account)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_has_left_binds_nothing_and_has_no_role()
    {
        var (_, product) = await StartAsync();
        var added = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("admin", To: "2026-11-15"));
        (await RolesAsync(product, Account("sub-1", Gaelle))).ShouldBeEmpty();
        (await ReadAsync(product, added.Id))!.Account.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_role_that_was_taken_away_ends_within_ten_seconds_on_every_instance(bool removed)
    {
        var (world, product) = await StartAsync();
        var added = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        var (here, there, account) = (product, world.Start(), Account("sub-1", Gaelle));
        (await RolesAsync(here, account)).ShouldBe(["hotline"]);
        (await RolesAsync(there, account)).ShouldBe(["hotline"]);
        var change = here.Get<ChangeStaff>();
        var done = removed
            ? await change.RemoveAsync(added.Id, null, TestContext.Current.CancellationToken)
            : await change.ReplaceAsync(added.Id, new StaffForm("Gaëlle Pilote", Gaelle, []), null, null, TestContext.Current.CancellationToken);
        done.Refusal.ShouldBeNull();
        (await RolesAsync(here, account)).ShouldBeEmpty("where it was done, at once");
        world.Clock.Advance(Duration.FromSeconds(10));
        (await RolesAsync(there, account)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_of_who_is_known_costs_two_reads_in_ten_seconds()
    {
        var (world, product) = await StartAsync();
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        await SignInAsync(product, Account("sub-1", Gaelle));
        AfterMemory(world);
        (await product.Storage.DuringAsync(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await SignInAsync(product, Account("sub-1", Gaelle));
                world.Clock.Advance(Duration.FromMilliseconds(999));
            }
        })).ShouldBe(["point", "point"]);
    }

    [Fact]
    public async Task While_storage_is_away_nobody_is_a_visitor()
    {
        var (world, product) = await StartAsync();
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        await SignInAsync(product, Account("sub-1", Gaelle));
        AfterMemory(world);
        product.Storage.Fault = _ => StorageFault.NotReached;
        await Should.ThrowAsync<StorageUnavailableException>(() => SignInAsync(product, Account("sub-1", Gaelle)));
        product.Storage.Mend();
        (await RolesAsync(product, Account("sub-1", Gaelle))).ShouldBe(["hotline"]);
    }
}
