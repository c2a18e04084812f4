using Azure.Data.Tables;
using NodaTime.Text;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Staff;
using Rdv.Territories;

namespace Rdv.Azure.Staff;

/// <summary>The rows of the staff directory, in a partition of their own.</summary>
internal sealed class StaffRows : IRowFormat<StaffPerson>, IRowFormat<StaffAddressOwner>, IRowFormat<StaffAccountOwner>, IRowFormat<StaffAdmins>
{
    public const string Partition = "staff";
    public const string People = "person|";
    public const string Admins = "admins";

    private const string None = "-";

    public static string KeyOf(StaffId id) => People + id;

    public static string KeyOf(SignInCode code) => "account|" + code.Value;

    public static string KeyOf(StaffAddressOwner owner) => "address|" + owner.Key;

    public static TableEntity Write(Territory territory, StaffPerson person) => new TableEntity(Partition, KeyOf(person.Id))
        .With("Name", person.Name)
        .With("Address", person.Address)
        .With("Roles", string.Join('\n', person.Grants.Select(grant => $"{grant.Role} {Day(grant.From)} {Day(grant.To)}")))
        .With("Account", person.Account?.Code.Value)
        .With("Provider", person.Account?.Provider)
        .With("BoundAt", person.Account?.At)
        .With("RefusedAccount", person.Refused?.Code.Value)
        .With("RefusedProvider", person.Refused?.Provider)
        .With("RefusedAt", person.Refused?.At)
        .With("RequestHash", person.RequestHash);

    public static TableEntity Write(Territory territory, StaffAddressOwner owner) => new TableEntity(Partition, KeyOf(owner)).With("Person", owner.Person.Value);

    public static TableEntity Write(Territory territory, StaffAccountOwner owner) => new TableEntity(Partition, KeyOf(owner.Code)).With("Person", owner.Person.Value);

    public static TableEntity Write(Territory territory, StaffAdmins admins) => new(Partition, Admins);

    public static StaffPerson Read(TableEntity row) => new(
        Id(row.RowKey[People.Length..]),
        row.Text("Name"),
        row.Text("Address"),
        [.. row.Text("Roles").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Grant)],
        Account(row, "Account", "Provider", "BoundAt"),
        Account(row, "RefusedAccount", "RefusedProvider", "RefusedAt"),
        row.GetString("RequestHash"));

    public static StaffId ReadOwner(TableEntity row) => Id(row.Text("Person"));

    private static StaffId Id(string text) =>
        StaffId.TryParse(text, out var id) ? id : throw new InvalidDataException("A row of the staff directory bears an id that nobody writes.");

    private static StaffAccount? Account(TableEntity row, string code, string provider, string at) =>
        SignInCode.TryParse(row.GetString(code), out var parsed) ? new StaffAccount(parsed, row.Text(provider), row.Instant(at)) : null;

    private static StaffGrant Grant(string line) =>
        line.Split(' ') is [var role, var from, var to] && StaffRole.Parse(role) is { } parsed
            ? new StaffGrant(parsed, Day(from), Day(to))
            : throw new InvalidDataException("A row of the staff directory has a role that nobody writes.");

    private static string Day(NodaTime.LocalDate? day) => day is { } date ? LocalDatePattern.Iso.Format(date) : None;

    private static NodaTime.LocalDate? Day(string text) => text == None ? null : LocalDatePattern.Iso.Parse(text).Value;
}
