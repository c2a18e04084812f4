using Rdv.Azure.Tables;
using Rdv.Directory.Import;

namespace Rdv.Local.Samples;

/// <summary>Fills the directory at the start: the file that was named, and sample people and places.</summary>
internal sealed class Samples(
    ImportStructures structures, ImportAdvisors advisors, ImportStaff staff, SampleWorkshops workshops, SampleMeans means, SamplePast past, RdvTable table, LocalOptions options)
{
    /// <exception cref="LocalStartException">The file cannot be read.</exception>
    public async Task FillAsync(CancellationToken cancellationToken)
    {
        await table.EnsureExistsAsync(cancellationToken);
        if (options.Demo)
        {
            Report("Exemples (structures)", await structures.ExecuteAsync(SampleDirectory.OpenStructures(), dryRun: false, cancellationToken), quiet: true);
            Report("Exemples (conseillers)", await advisors.ExecuteAsync(SampleDirectory.OpenAdvisors(), dryRun: false, cancellationToken), quiet: true);
            Report("Exemples (équipe)", await staff.ExecuteAsync(SampleDirectory.OpenStaff(), dryRun: false, by: null, cancellationToken), quiet: true);
            await workshops.PlanAsync(cancellationToken);
            await means.OfferAsync(cancellationToken);
            await past.LiveAsync(cancellationToken);
        }

        if (options.Import is { } path)
        {
            await using var file = Open(path);
            Report(path, await structures.ExecuteAsync(file, dryRun: false, cancellationToken), quiet: false);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LocalStartException($"Le fichier {path} ne se lit pas : {exception.Message}", exception);
        }
    }

    private void Report(string what, Result<ImportReport> result, bool quiet)
    {
        if (!result.Succeeded(out var report))
        {
            var errors = (result.Refusal as Refusal.Invalid)?.Errors.ByField.Values.SelectMany(messages => messages) ?? [];
            throw new LocalStartException($"{what} : {string.Join(' ', errors)}");
        }

        if (quiet && report.Refused == 0)
        {
            return;
        }

        options.Notice($"{what} : {report.Lines} lignes, {report.Created} créées, {report.Updated} mises à jour, {report.Unchanged} inchangées, {report.Refused} refusées.");
        foreach (var problem in report.Problems)
        {
            options.Notice($"  ligne {problem.Line}{(problem.Column is null ? "" : $", {problem.Column}")} : {problem.Message}");
        }
    }
}
