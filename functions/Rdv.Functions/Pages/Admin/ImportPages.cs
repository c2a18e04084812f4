using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Directory.Import;
using Rdv.Functions.Staff;
using Rdv.Pages.Admin;
using Rdv.Pages.Shared;

namespace Rdv.Functions.Pages.Admin;

/// <summary>Takes a file: checks it and shows what it would change, then imports what was checked.</summary>
public sealed class ImportPages(ImportStructures structures, ImportAdvisors advisors, ImportStaff team, StaffPages staff, PageResults pages, RdvSettings settings)
{
    [Function("ImportPage")]
    public Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "gestion/import")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(
            request, ImportView.Address, member => member is StaffMember.Admin, _ => Task.FromResult(Show(ImportView.For(Query.Text(request, ImportView.KindField)))), cancellationToken);

    [Function("SubmitImportPage")]
    public Task<IResult> SubmitAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "gestion/import")] HttpRequest request, CancellationToken cancellationToken) =>
        staff.RunAsync(request, ImportView.Address, member => member is StaffMember.Admin, async admin =>
            await PostedFile.ReadAsync(request, settings, cancellationToken) is { } form && ImportOf(form[ImportView.KindField], admin) is { } import
                ? await RunAsync(form, import, cancellationToken)
                : pages.Refused(), cancellationToken);

    private delegate Task<Result<ImportReport>> Import(Stream csv, bool dryRun, CancellationToken cancellationToken);

    private Import? ImportOf(string? kind, StaffMember by) => kind switch
    {
        ImportView.Structures => structures.ExecuteAsync,
        ImportView.Advisors => advisors.ExecuteAsync,
        ImportView.Team => (csv, dryRun, token) => team.ExecuteAsync(csv, dryRun, by.Person, token),
        _ => null,
    };

    private async Task<IResult> RunAsync(IFormCollection form, Import import, CancellationToken cancellationToken)
    {
        string? kind = form[ImportView.KindField];
        if (form[ImportView.ContentField] is [{ } packed])
        {
            try
            {
                await using var kept = ImportView.Unpack(packed);
                return Answer(kind, await import(kept, dryRun: false, cancellationToken), content: null);
            }
            catch (Exception exception) when (exception is FormatException or InvalidDataException)
            {
                // Not what our page had packed.
                return pages.Refused();
            }
        }

        if (form.Files.GetFile(ImportView.FileField) is not { Length: > 0 } file)
        {
            return Wrong(kind, FormErrors.Of(ImportView.FileField, "Choisissez un fichier."));
        }

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancellationToken);
        bytes.Position = 0;
        return Answer(kind, await import(bytes, dryRun: true, cancellationToken), ImportView.Pack(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    private IResult Answer(string? kind, Result<ImportReport> result, string? content) => result.Match(
        report => Show(new ImportView(kind, new ImportOutcome(report, content), FormErrors.None)),
        refusal => refusal is Refusal.Invalid invalid
            ? Wrong(kind, FormErrors.Of(ImportView.FileField, string.Join(' ', invalid.Errors.ByField.Values.SelectMany(messages => messages))))
            : pages.Of(refusal));

    private IResult Wrong(string? kind, FormErrors errors) => Show(new ImportView(kind, null, errors), StatusCodes.Status400BadRequest);

    private IResult Show(ImportView view, int statusCode = StatusCodes.Status200OK) => pages.ShowPrivate<ImportPage, ImportView>(view, statusCode);
}
