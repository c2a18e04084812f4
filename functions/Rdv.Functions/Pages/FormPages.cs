using Microsoft.AspNetCore.Http;
using Rdv.Functions.Pages.Manage;
using Rdv.Functions.Staff;

namespace Rdv.Functions.Pages;

/// <summary>Runs what a form of ours asks for. One that lacks something, is none of ours, or was sent by another site is refused.</summary>
public sealed class FormPages(PageResults pages, KeyPages keys, StaffPages staff, RdvSettings settings)
{
    /// <param name="run">Null when the form lacks something.</param>
    public async Task<IResult> RunAsync(HttpRequest request, Func<PostedForm, Task<IResult?>> run, CancellationToken cancellationToken) =>
        await PostedForm.ReadAsync(request, settings, cancellationToken) is { } form && await run(form) is { } answer
            ? answer
            : pages.Refused();

    /// <summary>A form behind a link.</summary>
    /// <param name="run">Null when there is nothing behind that link, or the key is wrong.</param>
    public async Task<IResult> RunByKeyAsync(HttpRequest request, Func<PostedForm, Task<IResult?>> run, CancellationToken cancellationToken) =>
        await PostedForm.ReadAsync(request, settings, cancellationToken, opaqueIsOurs: true) is { } form
            ? await keys.RunAsync(request, () => run(form))
            : pages.Refused();

    /// <summary>A form that changes the appointment behind a link.</summary>
    public async Task<IResult> RunByKeyAsync(
        HttpRequest request, string reference, string key, Func<PostedForm, Managed, Task<IResult>> run, CancellationToken cancellationToken) =>
        await PostedForm.ReadAsync(request, settings, cancellationToken, opaqueIsOurs: true) is { } form
            ? await keys.RunAsync(request, reference, key, managed => run(form, managed), cancellationToken)
            : pages.Refused();

    /// <summary>A form of the hotline.</summary>
    /// <param name="home">Where to go on after signing in.</param>
    /// <param name="run">Null when the form lacks something.</param>
    public Task<IResult> RunForHotlineAsync(
        HttpRequest request, string home, Func<StaffMember, PostedForm, Task<IResult?>> run, CancellationToken cancellationToken) =>
        RunForStaffAsync(request, home, member => member.MayUseHotline, run, cancellationToken);

    /// <summary>A form of an administrator.</summary>
    /// <param name="home">Where to go on after signing in.</param>
    /// <param name="run">Null when the form lacks something.</param>
    public Task<IResult> RunForAdminAsync(HttpRequest request, string home, Func<PostedForm, Task<IResult?>> run, CancellationToken cancellationToken) =>
        RunForStaffAsync(request, home, member => member is StaffMember.Admin, (_, form) => run(form), cancellationToken);

    private Task<IResult> RunForStaffAsync(
        HttpRequest request, string home, Func<StaffMember, bool> may, Func<StaffMember, PostedForm, Task<IResult?>> run, CancellationToken cancellationToken) =>
        staff.RunAsync(
            request,
            home,
            may,
            async member => await PostedForm.ReadAsync(request, settings, cancellationToken) is { } form && await run(member, form) is { } answer
                ? answer
                : pages.Refused(),
            cancellationToken);
}
