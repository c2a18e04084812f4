using Microsoft.AspNetCore.Http;

namespace Rdv.Functions.Staff;

/// <summary>Tells which member of the staff makes a request. In Azure, the platform's sign-in; under Rdv.Local, a page of sample people.</summary>
public interface IStaffIdentity
{
    /// <returns>Null for a visitor.</returns>
    ValueTask<StaffMember?> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken);

    /// <summary>Where a visitor signs in and comes back from.</summary>
    string SignInUrl(string returnPath);

    /// <summary>Where someone who is signed in becomes someone else, and comes back from.</summary>
    string SwitchUrl(string returnPath);
}
