using Microsoft.AspNetCore.Http.HttpResults;
using Rdv.Directory;
using Rdv.Pages.Team;
using Rdv.Staff;

namespace Rdv.Local.Staff;

/// <summary>The sign-in page of sample people: a choice, no password. Nothing but Rdv.Local has it.</summary>
internal static class SignInEndpoints
{
    private const int MaxPeople = 40;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/dev/sign-in", async (HttpRequest request, IDirectoryStore store, ITerritoryDirectories directories, ListStaff staff, CancellationToken cancellationToken) =>
            new RazorComponentResult<SignInPage>(new
            {
                Return = LocalPath(request.Query["return"]),
                Staff = await StaffAsync(staff, cancellationToken),
                People = await SamplePeopleAsync(store, directories, cancellationToken),
            }));
        app.MapPost("/dev/sign-in", async (HttpRequest request, HttpResponse response, CancellationToken cancellationToken) =>
        {
            var form = await request.ReadFormAsync(cancellationToken);
            var persona = form["persona"].ToString();
            if (StaffRole.Parse(persona) is null && !StaffId.TryParse(persona, out _))
            {
                response.Cookies.Delete(LocalStaffIdentity.Cookie);
                return Results.Redirect("/dev");
            }

            response.Cookies.Append(LocalStaffIdentity.Cookie, persona, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/" });
            return Results.Redirect(LocalPath(form["return"]));
        }).DisableAntiforgery();
        app.MapGet("/dev/sign-out", (HttpResponse response) =>
        {
            response.Cookies.Delete(LocalStaffIdentity.Cookie);
            return Results.Redirect("/dev");
        });
    }

    /// <summary>Those of the staff directory, each with all of their roles.</summary>
    private static async Task<IReadOnlyList<SamplePerson>> StaffAsync(ListStaff staff, CancellationToken cancellationToken) =>
        [.. (await staff.ExecuteAsync(query: null, cancellationToken)).Take(MaxPeople).Select(stored => stored.Value).Select(person => new SamplePerson(
            person.Id.Value, person.Name, string.Join(", ", person.Grants.Select(TeamRow.Words)), "/compte"))];

    private static async Task<IReadOnlyList<SamplePerson>> SamplePeopleAsync(
        IDirectoryStore store, ITerritoryDirectories directories, CancellationToken cancellationToken)
    {
        List<SamplePerson> people =
        [
            new("hotline", "La personne qui répond au téléphone", "Tous les départements", "/hotline"),
            new("admin", "La personne qui gère les données", "Import, messages, tous les accès", "/gestion"),
        ];
        foreach (var territory in await store.ListTerritoriesAsync(cancellationToken))
        {
            var directory = await directories.GetAsync(territory, cancellationToken);
            people.Add(new($"territory:{territory}", $"La personne qui suit le département {territory}", "Les chiffres, sans les noms", "/structure"));
            people.AddRange(directory.Structures.Values.Select(structure =>
                new SamplePerson($"structure:{territory}/{structure.Id}", structure.Name, $"Structure, {territory}", "/structure")));
            people.AddRange(directory.Advisors.Values.Select(advisor =>
                new SamplePerson($"advisor:{territory}/{advisor.Id}", advisor.DisplayName, $"Conseiller, {territory}", "/advisor")));
            if (people.Count > MaxPeople)
            {
                break;
            }
        }

        return [.. people.Take(MaxPeople)];
    }

    // Never to another site.
    private static string LocalPath(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) ? path : "/dev";
}

/// <param name="Persona">As the header of programs: <c>advisor:69/a1</c>.</param>
/// <param name="Home">Their first page.</param>
public sealed record SamplePerson(string Persona, string Name, string Role, string Home);
