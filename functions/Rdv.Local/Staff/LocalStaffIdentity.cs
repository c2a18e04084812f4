using Rdv.Functions.Staff;
using Rdv.Staff;

namespace Rdv.Local.Staff;

/// <summary>Sample people in place of the platform's sign-in: a header for programs, a page and its cookie for people.</summary>
public sealed class LocalStaffIdentity(IStaffStore store, IdentifyStaff staff) : IStaffIdentity
{
    public const string Header = "X-Rdv-Persona";
    public const string Cookie = "rdv-persona";

    public string SignOutUrl => "/dev/sign-out";

    /// <summary>A role, or the id of somebody of the staff directory, with all of their roles.</summary>
    public async ValueTask<StaffSession?> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var header = request.Headers[Header].ToString();
        var persona = header.Length > 0 ? header : request.Cookies[Cookie];
        if (StaffId.TryParse(persona, out var id))
        {
            return await store.FindAsync(id, cancellationToken) is { Value: var person }
                ? new StaffSession(StaffSession.MembersOf(staff.RolesNow(new StaffFound(StaffMatch.Known, person)), id.Value))
                : null;
        }

        return StaffRole.Parse(persona) is { } role ? new StaffSession(StaffSession.MembersOf([role], "sample")) : null;
    }

    public string SwitchUrl(string returnPath) => "/dev/sign-in?return=" + Uri.EscapeDataString(returnPath);

    public IReadOnlyList<SignInWay> Ways(string returnPath) => [new SignInWay("une personne d'exemple", SwitchUrl(returnPath))];
}
