using Microsoft.AspNetCore.Http;
using Rdv.People;
using Rdv.Staff;

namespace Rdv.Functions.Staff;

/// <summary>Where somebody signs in.</summary>
/// <param name="Name">As people know the service: <c>ProConnect</c>.</param>
public sealed record SignInWay(string Name, string Address);

/// <summary>Someone who has signed in.</summary>
/// <param name="Members">What they are, the narrowest first; empty for nobody of the staff.</param>
/// <param name="Match">Why they are nobody of the staff.</param>
/// <param name="Code">What they tell an administrator to be bound by; null when that is not possible.</param>
public sealed record StaffSession(IReadOnlyList<StaffMember> Members, StaffMatch Match = StaffMatch.Known, SignInCode? Code = null)
{
    /// <summary>Who it is, in what is written meanwhile and in the log of the request: an id that names nobody.</summary>
    public string? Who => Members is [var first, ..] ? first.Who : null;

    /// <summary>What they have read of people in this request.</summary>
    public SeenRecords Seen { get; } = new();

    public Task<IResult> ActAsync(HttpRequest request, Func<Task<IResult>> run)
    {
        request.HttpContext.Items[typeof(StaffSession)] = this;
        return Acting.AsAsync(Who, run, Seen);
    }

    /// <summary>The roles that hold now, one of the directory and one of the platform alike once.</summary>
    public static IReadOnlyList<StaffMember> MembersOf(IEnumerable<StaffRole> roles, string? who) =>
        [.. roles.Distinct().OrderBy(role => role.Kind).Select(role => StaffMember.Of(role, who))];
}

/// <summary>Tells which member of the staff makes a request. In Azure, the platform's sign-in; under Rdv.Local, a page of sample people.</summary>
public interface IStaffIdentity
{
    /// <returns>Null for a visitor.</returns>
    /// <exception cref="StorageUnavailableException">Who has signed in is not known now.</exception>
    ValueTask<StaffSession?> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken);

    /// <summary>Where a visitor signs in and comes back from, one at least.</summary>
    IReadOnlyList<SignInWay> Ways(string returnPath);

    /// <summary>Where someone who is signed in becomes someone else, and comes back from.</summary>
    string SwitchUrl(string returnPath);

    /// <summary>Where someone who is signed in leaves.</summary>
    string SignOutUrl { get; }
}
