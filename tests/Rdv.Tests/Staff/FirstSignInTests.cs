using NodaTime;
using Rdv.Staff;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Staff;

/// <summary>The first sign-in binds an account, and from then on it is the account that counts.</summary>
public sealed class FirstSignInTests(TableStorage storage) : StaffTest(storage)
{
    [Theory]
    [InlineData("gaelle.pilote@departement.example.fr")]
    [InlineData("Gaelle.Pilote@Departement.Example.FR")]
    [InlineData(" gaelle.pilote@departement.example.fr ")]
    public async Task Who_signs_in_with_the_address_that_the_directory_has_gets_their_roles(string claimed)
    {
        var (world, product) = await StartAsync();
        var added = await AddAsync(product, "Gaëlle Pilote", Gaelle, new("hotline"), new("advisor:69/a1"));
        (await RolesAsync(product, Account("sub-1", StaffAddress.Of(claimed)))).ShouldBe(["hotline", "advisor:69/a1"], ignoreOrder: true);
        var bound = (await ReadAsync(product, added.Id))!.Account!;
        (bound.Code, bound.Provider, bound.At).ShouldBe((Account("sub-1").Code, "proconnect", world.Clock.GetCurrentInstant()));
    }

    [Fact]
    public async Task Once_bound_the_account_counts_and_no_address()
    {
        var (world, product) = await StartAsync();
        var added = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        await SignInAsync(product, Account("sub-1", Gaelle));

        // She marries: the provider says so before the directory does, and the directory before another process has heard of it.
        AfterMemory(world);
        (await RolesAsync(product, Account("sub-1", "gaelle.martin@departement.example.fr"))).ShouldBe(["hotline"]);
        (await product.Get<ChangeStaff>().ReplaceAsync(
            added.Id, new StaffForm("Gaëlle Martin", "gaelle.martin@departement.example.fr", [new("hotline")]), null, null, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await RolesAsync(product, Account("sub-1"))).ShouldBe(["hotline"], "an address that an administrator changes unbinds nothing");
        (await ReadAsync(product, added.Id))!.Account!.Code.ShouldBe(Account("sub-1").Code);

        // Who gets her old address afterwards is nobody.
        (await SignInAsync(product, Account("sub-2", Gaelle))).Match.ShouldBe(StaffMatch.Unknown);
    }

    [Fact]
    public async Task An_address_that_nobody_vouches_for_opens_nothing()
    {
        var (_, product) = await StartAsync();
        var added = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("admin"));
        var found = await SignInAsync(product, Account("sub-1", isDoubtful: true));
        (found.Match, found.Person).ShouldBe((StaffMatch.Unverified, null));
        (await ReadAsync(product, added.Id))!.Account.ShouldBeNull();
    }

    [Fact]
    public async Task A_second_account_with_the_same_address_is_refused_and_shown()
    {
        var (world, product) = await StartAsync();
        var added = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        await SignInAsync(product, Account("sub-1", Gaelle));
        AfterMemory(world);
        var other = Account("oid-9", Gaelle, provider: "aad");
        (await SignInAsync(product, other)).ShouldBe(new StaffFound(StaffMatch.AnotherAccount));
        var stored = (await ReadAsync(product, added.Id))!;
        (stored.Account!.Code, stored.Refused!.Code, stored.Refused.Provider).ShouldBe((Account("sub-1").Code, other.Code, "aad"));

        // An administrator passes to the other account by what they were shown; the first one is nobody then.
        (await product.Get<ChangeStaff>().BindAsync(added.Id, stored.Refused.Code, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await RolesAsync(product, other)).ShouldBe(["hotline"]);
        (await SignInAsync(product, Account("sub-1", Gaelle))).Match.ShouldBe(StaffMatch.AnotherAccount);
    }

    [Fact]
    public async Task Of_two_first_sign_ins_at_once_one_is_bound()
    {
        var (world, product) = await StartAsync();
        var added = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        var processes = Enumerable.Range(0, 6).Select(_ => world.Start()).ToList();
        var found = await Task.WhenAll(processes.Select((process, i) => SignInAsync(process, Account($"sub-{i}", Gaelle))));
        var bound = (await ReadAsync(product, added.Id))!.Account!.Code;
        found.Select((one, i) => (one.Match, Account($"sub-{i}").Code)).Where(one => one.Match == StaffMatch.Known).ShouldBe([(StaffMatch.Known, bound)]);
        found.Count(one => one.Match == StaffMatch.AnotherAccount).ShouldBe(5);
    }

    [Fact]
    public async Task The_same_account_twice_at_once_is_one()
    {
        var (world, product) = await StartAsync();
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        var found = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SignInAsync(world.Start(), Account("sub-1", Gaelle))));
        found.ShouldAllBe(one => one.Match == StaffMatch.Known);
    }

    [Fact]
    public async Task An_answer_of_storage_that_is_lost_binds_once()
    {
        var (_, product) = await StartAsync();
        var added = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        product.Storage.FailTransactions(StorageFault.AnswerLost, 1);
        (await RolesAsync(product, Account("sub-1", Gaelle))).ShouldBe(["hotline"]);
        (await ReadAsync(product, added.Id))!.Refused.ShouldBeNull();
    }

    [Fact]
    public async Task Who_is_bound_by_their_code_needs_no_address()
    {
        var (_, product) = await StartAsync();
        var added = await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        var account = Account("sub-1", isDoubtful: true);
        SignInCode.TryParse(account.Code.ToString().ToLowerInvariant().Replace('-', ' '), out var typed).ShouldBeTrue();
        (await product.Get<ChangeStaff>().BindAsync(added.Id, typed, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        (await RolesAsync(product, account)).ShouldBe(["hotline"]);
    }

    [Fact]
    public async Task An_account_is_one_persons()
    {
        var (_, product) = await StartAsync();
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        var other = await AddAsync(product, "Hugo Standard", "hugo@departement.example.fr", new StaffGrantForm("admin"));
        await SignInAsync(product, Account("sub-1", Gaelle));
        var bound = await product.Get<ChangeStaff>().BindAsync(other.Id, Account("sub-1").Code, TestContext.Current.CancellationToken);
        bound.Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField.Keys.ShouldBe(["code"]);
        (await RolesAsync(product, Account("sub-1", "hugo@departement.example.fr"))).ShouldBe(["hotline"]);
    }
}
