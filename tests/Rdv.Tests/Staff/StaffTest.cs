using NodaTime;
using Rdv.Directory.Import;
using Rdv.Ids;
using Rdv.Staff;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Staff;

/// <summary>A staff directory of its own, in a world of its own.</summary>
public abstract class StaffTest(TableStorage storage) : ProductTest(storage)
{
    private protected const string Gaelle = "gaelle.pilote@departement.example.fr";

    private static int _requests;

    private protected static SignedInAccount Account(string subject, string? address = null, bool isDoubtful = false, string provider = "proconnect") =>
        new(SignInCode.Of(provider, "https://proconnect.example.fr", subject), provider, address, isDoubtful);

    private protected static async Task<StaffPerson> AddAsync(Product product, string name, string address, params StaffGrantForm[] roles)
    {
        var added = await product.Get<ChangeStaff>().AddAsync(
            new StaffForm(name, address, roles), RequestIdentity.Of("staff", $"{Interlocked.Increment(ref _requests)}", name), TestContext.Current.CancellationToken);
        added.Refusal.ShouldBeNull();
        return added.Value.Person;
    }

    private protected static async Task<StaffFound> SignInAsync(Product product, SignedInAccount account) =>
        await product.Get<IdentifyStaff>().ExecuteAsync(account, TestContext.Current.CancellationToken);

    private protected static async Task<IReadOnlyList<string>> RolesAsync(Product product, SignedInAccount account) =>
        [.. product.Get<IdentifyStaff>().RolesNow(await SignInAsync(product, account)).Select(role => role.ToString())];

    private protected static async Task<StaffPerson?> ReadAsync(Product product, StaffId id) =>
        (await product.Get<IStaffStore>().FindAsync(id, TestContext.Current.CancellationToken))?.Value;

    private protected static void AfterMemory(World world) => world.Clock.Advance(IdentifyStaff.Memory);

    private protected static Task<Result<ImportReport>> ImportAsync(Product product, string csv, bool dryRun = false, StaffId? by = null) =>
        product.Get<ImportStaff>().ExecuteAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv)), dryRun, by, TestContext.Current.CancellationToken);
}
