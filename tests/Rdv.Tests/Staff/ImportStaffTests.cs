using Rdv.Directory.Import;
using Rdv.Staff;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Staff;

/// <summary>People of the staff come in a file: a line is one role of one person.</summary>
public sealed class ImportStaffTests(TableStorage storage) : StaffTest(storage)
{
    private const string File = """
        email,name,role,from,to
        gaelle.pilote@departement.example.fr,Gaëlle Pilote,admin,,
        GAELLE.PILOTE@departement.example.fr,Gaëlle Pilote,advisor:69/a1,2026-11-20,31/12/2026
        hugo@departement.example.fr,Hugo Standard,hotline,,
        hugo@departement.example.fr,Hugo Autrement,structure:69/s1,,
        hugo@departement.example.fr,Hugo Standard,hotline,,
        ines@departement.example.fr,Inès,advisor:69/nobody,,
        jules,Jules,hotline,,
        kim@departement.example.fr,,boss,hier,2026-01-01
        """;

    [Fact]
    public async Task A_file_is_checked_whole_then_taken_and_a_second_time_changes_nothing()
    {
        var (_, product) = await StartAsync();
        var rehearsed = (await ImportAsync(product, File, dryRun: true)).Value;
        (await ListAsync(product)).ShouldBeEmpty();
        var taken = (await ImportAsync(product, File)).Value;
        Counts(rehearsed).ShouldBe((8, 3, 0, 0, 5));
        Counts(taken).ShouldBe(Counts(rehearsed));
        taken.Problems.ShouldBe(rehearsed.Problems);
        taken.Problems.Select(problem => $"{problem.Line} {problem.Column}").ShouldBe(["5 name", "6 role", "7 role", "8 email", "9 name", "9 role", "9 from"], ignoreOrder: true);
        taken.Problems.ShouldAllBe(problem => problem.Severity == ImportSeverity.Error);
        var people = await ListAsync(product);
        people.Select(person => $"{person.Address} {string.Join(' ', person.Grants.Select(grant => $"{grant.Role} {grant.From:uuuu-MM-dd}/{grant.To:uuuu-MM-dd}"))}").ShouldBe(
        [
            "gaelle.pilote@departement.example.fr admin / advisor:69/a1 2026-11-20/2026-12-31",
            "hugo@departement.example.fr hotline /",
        ]);
        Counts((await ImportAsync(product, File)).Value).ShouldBe((8, 0, 0, 3, 5));
    }

    [Fact]
    public async Task A_file_gives_and_ends_roles_and_takes_nothing_else()
    {
        var (_, product) = await StartAsync();
        await ImportAsync(product, File);
        var account = Account("sub-1", Gaelle);
        await SignInAsync(product, account);
        var later = (await ImportAsync(product, "email;name;role;to\ngaelle.pilote@departement.example.fr;Gaëlle Pilote;admin;2026-11-15\nines@departement.example.fr;Inès Nouvelle;hotline;\n")).Value;
        Counts(later).ShouldBe((2, 1, 1, 0, 0));
        (await RolesAsync(product, account)).ShouldBeEmpty("as administrator she has ended, as advisor she has not begun");
        var gaelle = (await ListAsync(product))[0];
        gaelle.Account!.Code.ShouldBe(account.Code);
        gaelle.Grants.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Hundreds_of_people_are_taken_while_others_sign_in()
    {
        var (world, product) = await StartAsync();
        await AddAsync(product, "Gaëlle Pilote", Gaelle, new StaffGrantForm("hotline"));
        var signedIn = false;
        product.Storage.Meanwhile = async request =>
        {
            // She signs in for the first time between what the import reads and what it writes.
            if (request.IsTransaction && !signedIn)
            {
                signedIn = true;
                await SignInAsync(world.Start(), Account("sub-1", Gaelle));
            }
        };
        var lines = Enumerable.Range(0, 250).Select(i => $"p{i}@departement.example.fr,Personne {i},hotline,,\n");
        var taken = (await ImportAsync(product, $"email,name,role,from,to\n{Gaelle},Gaëlle Pilote,admin,,\n{string.Concat(lines)}")).Value;
        Counts(taken).ShouldBe((251, 251, 0, 0, 0));
        var people = await ListAsync(product);
        people.Count.ShouldBe(251);
        var gaelle = people.Single(person => person.Address == Gaelle);
        (gaelle.Account?.Code, gaelle.Grants.Count).ShouldBe((Account("sub-1").Code, 2));
    }

    [Theory]
    [InlineData("email,name\na@b.fr,A\n", "Il manque la colonne role.")]
    [InlineData("", "Le fichier est vide.")]
    public async Task A_file_that_is_none_is_refused(string file, string message)
    {
        var (_, product) = await StartAsync();
        (await ImportAsync(product, file)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ByField["body"].ShouldBe([message]);
    }

    private static (int Lines, int Created, int Updated, int Unchanged, int Refused) Counts(ImportReport report) =>
        (report.Lines, report.Created, report.Updated, report.Unchanged, report.Refused);

    private static async Task<IReadOnlyList<StaffPerson>> ListAsync(Product product) =>
        [.. (await product.Get<ListStaff>().ExecuteAsync(null, TestContext.Current.CancellationToken)).Select(stored => stored.Value).OrderBy(person => person.Address, StringComparer.Ordinal)];
}
