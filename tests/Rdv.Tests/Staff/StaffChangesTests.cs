using Rdv.Ids;
using Rdv.Staff;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Staff;

/// <summary>What administrators do to the staff directory.</summary>
public sealed class StaffChangesTests(TableStorage storage) : StaffTest(storage)
{
    private const string Hugo = "hugo@departement.example.fr";

    [Fact]
    public async Task An_address_is_one_persons_however_it_is_written()
    {
        var (world, product) = await StartAsync();
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        var hugo = await AddAsync(product, "Hugo Standard", Hugo, new StaffGrantForm("hotline"));
        var change = product.Get<ChangeStaff>();
        foreach (var taken in new[] { Gaelle, Gaelle.ToUpperInvariant() })
        {
            Fields(await change.AddAsync(new StaffForm("Autre", taken, []), RequestIdentity.Of("staff", null, ""), TestContext.Current.CancellationToken)).ShouldBe(["address"]);
            Fields(await change.ReplaceAsync(hugo.Id, new StaffForm("Hugo Standard", taken, []), null, null, TestContext.Current.CancellationToken)).ShouldBe(["address"]);
        }

        // At once, on several instances.
        var added = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => world.Start().Get<ChangeStaff>().AddAsync(
            new StaffForm($"Personne {(char)('A' + i)}", "nouveau@departement.example.fr", []), RequestIdentity.Of("staff", null, ""), TestContext.Current.CancellationToken)));
        added.Count(one => one.Refusal is null).ShouldBe(1);
    }

    [Fact]
    public async Task The_last_administrator_does_not_remove_themself()
    {
        var (_, product) = await StartAsync();
        var gaelle = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("admin"), new StaffGrantForm("hotline"));
        await AddAsync(product, "Hugo Standard", Hugo, new StaffGrantForm("hotline"), new StaffGrantForm("admin", To: "2026-11-01"));
        var change = product.Get<ChangeStaff>();
        Fields(await change.RemoveAsync(gaelle.Id, gaelle.Id, TestContext.Current.CancellationToken)).ShouldBe(["roles"]);
        foreach (var roles in new StaffGrantForm[][] { [], [new("hotline")], [new("admin", To: "2026-11-15")], [new("admin", From: "2026-11-17")] })
        {
            Fields(await change.ReplaceAsync(gaelle.Id, new StaffForm("Gaëlle Pilote", Gaelle, roles), null, gaelle.Id, TestContext.Current.CancellationToken)).ShouldBe(["roles"]);
        }

        var line = $"email,name,role,from,to\n{Gaelle},Gaëlle Pilote,admin,,2026-11-15\n";
        var imported = (await ImportAsync(product, line, by: gaelle.Id)).Value;
        (imported.Refused, imported.Problems[0].Message).ShouldBe((1, "C'est la dernière personne qui gère l'équipe : donnez d'abord ce rôle à quelqu'un d'autre."));
        (await ReadAsync(product, gaelle.Id))!.Grants.ShouldContain(new StaffGrant(StaffRole.Parse("admin")!));

        // The first administrator, whom the platform knows, is not in the directory: somebody is left.
        (await change.RemoveAsync(gaelle.Id, by: null, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await ReadAsync(product, gaelle.Id)).ShouldBeNull();
    }

    [Fact]
    public async Task Two_administrators_who_remove_each_other_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var (world, product) = await StartAsync();
            var gaelle = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("admin"));
            var hugo = await AddAsync(product, "Hugo Standard", Hugo, new StaffGrantForm("admin"));
            var done = await Task.WhenAll(
                world.Start().Get<ChangeStaff>().RemoveAsync(gaelle.Id, hugo.Id, TestContext.Current.CancellationToken),
                world.Start().Get<ChangeStaff>().RemoveAsync(hugo.Id, gaelle.Id, TestContext.Current.CancellationToken));
            done.Count(one => one.Refusal is null).ShouldBe(1);
            (await product.Get<ListStaff>().ExecuteAsync(null, TestContext.Current.CancellationToken)).Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_role_at_what_is_not_in_the_directory_is_refused_by_name()
    {
        var (_, product) = await StartAsync();
        var refused = await product.Get<ChangeStaff>().AddAsync(
            new StaffForm("Gaëlle Pilote", Gaelle, [new("hotline"), new("advisor:69/nobody"), new("structure:69/nowhere"), new("advisor:38/a1")]),
            RequestIdentity.Of("staff", null, ""),
            TestContext.Current.CancellationToken);
        Fields(refused).ShouldBe(["roles[1].role", "roles[2].role", "roles[3].role"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("", Gaelle, "name")]
    [InlineData("Gaëlle\u0007", Gaelle, "name")]
    [InlineData("Gaëlle Pilote", "gaelle", "address")]
    [InlineData("Gaëlle Pilote", "gaëlle@departement.example.fr", "address")]
    [InlineData("Gaëlle Pilote", null, "address")]
    [InlineData("Gaëlle Pilote", "\ud800@departement.example.fr", "address")]
    public async Task What_is_no_name_or_no_address_is_told(string name, string? address, string field)
    {
        var (_, product) = await StartAsync();
        Fields(await product.Get<ChangeStaff>().AddAsync(new StaffForm(name, address, null), RequestIdentity.Of("staff", null, ""), TestContext.Current.CancellationToken))
            .ShouldBe([field]);
    }

    [Fact]
    public async Task Who_is_removed_leaves_nothing_but_may_come_back_as_another()
    {
        var (world, product) = await StartAsync();
        var first = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        await SignInAsync(product, Account("sub-1", Gaelle));
        (await product.Get<ChangeStaff>().RemoveAsync(first.Id, null, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await world.Table.QueryAsync<global::Azure.Data.Tables.TableEntity>(row => row.PartitionKey == "staff").ToListAsync()).ShouldBeEmpty();
        (await SignInAsync(product, Account("sub-1", Gaelle))).Match.ShouldBe(StaffMatch.Unknown);
        var second = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        second.Id.ShouldNotBe(first.Id);
        (await RolesAsync(product, Account("sub-1", Gaelle))).ShouldBe(["hotline"]);
    }

    private static IEnumerable<string> Fields(Result<StaffChanged> result) => result.Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys;
}
