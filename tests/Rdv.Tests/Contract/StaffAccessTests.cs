using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Who may call what: 401 without a role, 403 with the wrong one or for another's data, before anything else is looked at.</summary>
[Collection(SharedContractApp.Name)]
public sealed class StaffAccessTests(ContractApp app)
{
    private const string OwnStructure = "structure:69/" + ContractApp.Structure;
    private const string OwnAdvisor = "advisor:69/" + ContractApp.Advisor;

    public static TheoryData<string, string, string> Calls => new()
    {
        { "POST", "/api/hotline/search", "hotline admin" },
        { "POST", "/api/hotline/appointments", "hotline admin" },
        { "POST", "/api/hotline/appointments/69-K7Q2-9XM4/cancel", "hotline admin" },
        { "POST", "/api/hotline/appointments/69-K7Q2-9XM4/move", "hotline admin" },
        { "POST", "/api/hotline/appointments/69-K7Q2-9XM4/resend", "hotline admin" },
        { "POST", "/api/hotline/appointments/69-K7Q2-9XM4/earlier", "hotline admin" },
        { "GET", "/api/hotline/territories/69/slots", "hotline admin" },
        { "GET", "/api/hotline/callbacks", "hotline admin" },
        { "POST", "/api/hotline/callbacks/69.x", "hotline admin" },
        { "GET", $"/api/structures/69/{ContractApp.Structure}/load", $"{OwnStructure} admin" },
        { "GET", "/api/structures/69/tiers-lieu-la-passerelle/load", "structure:69/tiers-lieu-la-passerelle admin" },
        { "GET", $"/api/structures/67/{ContractApp.Structure}/load", "admin" },
        { "GET", $"/api/structures/69/{ContractApp.Structure}/today", $"{OwnStructure} admin" },
        { "POST", $"/api/structures/69/{ContractApp.Structure}/closures", $"{OwnStructure} admin" },
        { "DELETE", $"/api/structures/69/{ContractApp.Structure}/closures/x", $"{OwnStructure} admin" },
        { "PUT", $"/api/structures/69/{ContractApp.Structure}/holidays/2026-11-12", $"{OwnStructure} admin" },
        { "PUT", $"/api/structures/69/{ContractApp.Structure}/phone-share", $"{OwnStructure} admin" },
        { "GET", $"/api/advisors/69/{ContractApp.Advisor}/agenda", $"{OwnAdvisor} hotline admin" },
        { "GET", $"/api/advisors/69/{ContractApp.Advisor}/opening-hours", $"{OwnAdvisor} {OwnStructure} admin" },
        { "PUT", $"/api/advisors/69/{ContractApp.Advisor}/opening-hours", $"{OwnAdvisor} {OwnStructure} admin" },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/opening-hours/copy", $"{OwnStructure} admin" },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/opening-hours/weeks", $"{OwnAdvisor} {OwnStructure} admin" },
        { "GET", $"/api/advisors/69/{ContractApp.Advisor}/booking-rules", $"{OwnAdvisor} {OwnStructure} admin" },
        { "PUT", $"/api/advisors/69/{ContractApp.Advisor}/booking-rules", $"{OwnAdvisor} {OwnStructure} admin" },
        { "GET", $"/api/advisors/69/{ContractApp.Advisor}/why", $"{OwnAdvisor} {OwnStructure} hotline admin" },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/absences", $"{OwnAdvisor} {OwnStructure} admin" },
        { "DELETE", $"/api/advisors/69/{ContractApp.Advisor}/absences/x", $"{OwnAdvisor} {OwnStructure} admin" },
        { "GET", $"/api/advisors/69/{ContractApp.Advisor}/calendars", $"{OwnAdvisor} admin" },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/calendars", $"{OwnAdvisor} admin" },
        { "DELETE", $"/api/advisors/69/{ContractApp.Advisor}/calendars/k0123456789abcdef", $"{OwnAdvisor} admin" },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/leave", $"{OwnStructure} admin" },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/appointments", OwnAdvisor },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/appointments/69-K7Q2-9XM4/outcome", $"{OwnAdvisor} {OwnStructure} admin" },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/courses", $"{OwnAdvisor} {OwnStructure} admin" },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/courses/c0123456789abcde5/cancel", $"{OwnAdvisor} {OwnStructure} admin" },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/workshops", $"{OwnAdvisor} {OwnStructure} admin" },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/workshops/w0123456789abcdef/cancel", $"{OwnAdvisor} {OwnStructure} admin" },
        { "POST", $"/api/advisors/69/{ContractApp.Advisor}/workshops/w0123456789abcdef/move", $"{OwnAdvisor} {OwnStructure} admin" },
        { "GET", "/api/territories/69/load", "territory:69 admin" },
        { "GET", "/api/territories/67/load", "territory:67 admin" },
        { "GET", "/api/load", "admin" },
        { "GET", "/api/admin/demand", "hotline admin" },
        { "POST", "/api/admin/people/export", "admin" },
        { "POST", "/api/admin/people/erase", "admin" },
        { "GET", "/api/admin/dispatch", "admin" },
        { "PUT", "/api/admin/dispatch", "admin" },
        { "POST", "/api/admin/import/structures", "admin" },
        { "POST", "/api/admin/import/advisors", "admin" },
        { "POST", "/api/admin/import/staff", "admin" },
        { "GET", "/api/admin/staff", "admin" },
        { "POST", "/api/admin/staff", "admin" },
        { "GET", "/api/admin/staff/p0123456789ABCDEF", "admin" },
        { "PUT", "/api/admin/staff/p0123456789ABCDEF", "admin" },
        { "DELETE", "/api/admin/staff/p0123456789ABCDEF", "admin" },
        { "PUT", "/api/admin/staff/p0123456789ABCDEF/sign-in", "admin" },
        { "DELETE", "/api/admin/staff/p0123456789ABCDEF/sign-in", "admin" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_role_opens_what_it_should_and_nothing_else(string method, string path, string may)
    {
        foreach (var persona in new[] { "hotline", "admin", OwnStructure, OwnAdvisor, "structure:69/tiers-lieu-la-passerelle", "structure:67/maison-de-quartier-des-tilleuls", "advisor:69/camille-essai", "territory:69", "territory:67" })
        {
            var reply = await CallAsync(method, path, persona);
            if (may.Split(' ').Contains(persona))
            {
                reply.Status.ShouldBeOneOf(200, 204, 400, 404);
            }
            else
            {
                (reply.Status, reply.Code).ShouldBe((403, "forbidden"), $"{persona}: {reply}");
            }

            reply.Header("Cache-Control").ShouldBe("no-store");
        }

        foreach (var persona in new[] { null, "", "Hotline", "hotline ", "structure:69/", "structure:69/a/b", "advisor", "structure:00/x", "territory", "territory:00", "admin:69/x", "admin,hotline" })
        {
            var reply = await CallAsync(method, path, persona);
            if (persona?.Trim() is "hotline" or "admin")
            {
                continue;
            }

            (reply.Status, reply.Code).ShouldBe((401, "unauthenticated"), $"{persona}: {reply}");
        }

        // The platform's header is nobody's word here, and without the platform nowhere.
        var principal = Convert.ToBase64String("""{"auth_typ":"aad","role_typ":"roles","claims":[{"typ":"roles","val":"admin"}]}"""u8);
        (await app.SendAsync(new HttpMethod(method), path, Body(method), null, null, ("X-MS-CLIENT-PRINCIPAL", principal))).Code.ShouldBe("unauthenticated");
    }

    [Fact]
    public void Every_call_of_staff_is_in_the_list()
    {
        var staff = Triggers.Http
            .Where(trigger => trigger.Route.Split('/') is ["api", "hotline" or "advisors" or "structures" or "admin", ..] or [.., "load"])
            .Select(trigger => $"{trigger.Method} /{trigger.Route}");
        var listed = Calls.Select(call => call.Data).ToList();
        staff.Where(trigger => !listed.Exists(call => Matches(trigger, $"{call.Item1} {call.Item2}"))).ShouldBeEmpty();
    }

    private static bool Matches(string template, string call) =>
        template.Split('/') is var expected && call.Split('/') is var given
        && expected.Length == given.Length
        && expected.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);

    private Task<Reply> CallAsync(string method, string path, string? persona) =>
        app.SendAsync(new HttpMethod(method), path, Body(method), null, null, persona is null ? [] : [("X-Rdv-Persona", persona)]);

    private static HttpContent? Body(string method) => method is "POST" or "PUT" ? ContractApp.Content("{") : null;
}
