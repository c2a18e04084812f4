using Microsoft.AspNetCore.Http;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Pages.Team;

/// <summary>Lets administrators in, to read and with a form of ours.</summary>
public sealed class TeamDesk(StaffPages staff, PageResults pages, RdvSettings settings)
{
    public const string Home = "/gestion/equipe";

    public Task<IResult> RunAsync(HttpRequest request, Func<StaffMember, Task<IResult>> run, CancellationToken cancellationToken) =>
        staff.RunAsync(request, Home, member => member is StaffMember.Admin, run, cancellationToken);

    public Task<IResult> RunAsync(HttpRequest request, Func<StaffMember, PostedForm, Task<IResult>> run, CancellationToken cancellationToken) =>
        RunAsync(request, async admin => await PostedForm.ReadAsync(request, settings, cancellationToken) is { } form ? await run(admin, form) : pages.Refused(), cancellationToken);

    /// <summary>What was just done.</summary>
    public static string? NoticeOf(HttpRequest request) => Query.Text(request, "fait") switch
    {
        "ajoute" => "C'est enregistré\u00a0: la personne est dans l'équipe.",
        "change" => "C'est enregistré.",
        "termine" => "C'est fait\u00a0: cette personne n'a plus d'accès.",
        "lie" => "C'est fait\u00a0: ce compte est lié.",
        "delie" => "C'est fait\u00a0: le compte est délié. La prochaine connexion avec l'adresse en liera un.",
        "retire" => "C'est fait\u00a0: la personne n'est plus dans l'annuaire.",
        _ => null,
    };
}
