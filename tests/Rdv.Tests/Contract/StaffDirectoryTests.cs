using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>The staff directory over HTTP, as openapi.json says.</summary>
[Collection(SharedContractApp.Name)]
public sealed class StaffDirectoryTests(ContractApp app)
{
    private const string Staff = "/api/admin/staff";
    private const string Person = "/api/admin/staff/{person}";

    [Fact]
    public async Task Somebody_is_added_found_changed_and_removed()
    {
        var body = Body("Zoé Nouvelle", "zoe@departement.example.fr", ("hotline", null, "2027-06-30"));
        var added = await app.PostAsync(Staff, body, "admin", idempotencyKey: "zoe");
        var person = AnswersTests.Described(added, "POST", Staff, 201);
        var id = person.GetProperty("id").GetString()!;
        added.Header("Location").ShouldBe($"{Staff}/{id}");
        AnswersTests.Described(await app.PostAsync(Staff, body, "admin", idempotencyKey: "zoe"), "POST", Staff, 200).GetRawText().ShouldBe(person.GetRawText());
        AnswersTests.Described(await app.PostAsync(Staff, Body("Zoé Autre", "zoe@departement.example.fr"), "admin", idempotencyKey: "zoe"), "POST", Staff, 409);

        foreach (var query in new[] { "zoe nouv", "zoe@departement", "ZOÉ" })
        {
            AnswersTests.Described(await app.GetAsync($"{Staff}?q={Uri.EscapeDataString(query)}", "admin"), "GET", Staff, 200)
                .GetProperty("people").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(id, query);
        }

        var read = await app.GetAsync($"{Staff}/{id}", "admin");
        AnswersTests.Described(read, "GET", Person, 200);
        var tag = read.Header("ETag").ShouldNotBeNull();
        var put = await PutAsync(id, Body("Zoé Nouvelle", "zoe.nouvelle@departement.example.fr", ("hotline", null, null), ("advisor:69/aline-exemple", "2026-12-01", null)), tag);
        AnswersTests.Described(put, "PUT", Person, 200).GetProperty("roles").GetArrayLength().ShouldBe(2);
        var late = await PutAsync(id, Body("Zoé", "zoe@departement.example.fr"), tag);
        AnswersTests.Described(late, "PUT", Person, 409);
        late.Code.ShouldBe("stale");

        (await app.SendAsync(HttpMethod.Delete, $"{Staff}/{id}", null, "admin")).Status.ShouldBe(204);
        AnswersTests.Described(await app.GetAsync($"{Staff}/{id}", "admin"), "GET", Person, 404);
        AnswersTests.Described(await app.SendAsync(HttpMethod.Delete, $"{Staff}/{id}", null, "admin"), "DELETE", Person, 404);
    }

    [Fact]
    public async Task An_account_is_bound_by_its_code_and_unbound()
    {
        var id = (await app.PostAsync(Staff, Body("Yann Code", "yann@departement.example.fr", ("hotline", null, null)), "admin")).Json.GetProperty("id").GetString();
        var signIn = $"{Staff}/{id}/sign-in";
        var bound = await app.SendAsync(HttpMethod.Put, signIn, ContractApp.Content("""{ "code": "k7q2 9xm4 0h3d v5zb" }"""), "admin");
        AnswersTests.Described(bound, "PUT", Person + "/sign-in", 200).GetProperty("signIn").GetProperty("code").GetString().ShouldBe("K7Q2-9XM4-0H3D-V5ZB");
        foreach (var wrong in new[] { "K7Q2", "", "K7Q2-9XM4-0H3D-V5ZU" })
        {
            AnswersTests.Described(await app.SendAsync(HttpMethod.Put, signIn, ContractApp.Content($$"""{ "code": "{{wrong}}" }"""), "admin"), "PUT", Person + "/sign-in", 400);
        }

        (await app.SendAsync(HttpMethod.Delete, signIn, null, "admin")).Status.ShouldBe(204);
        (await app.GetAsync($"{Staff}/{id}", "admin")).Json.GetProperty("signIn").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task What_is_wrong_is_told_by_field_and_a_file_by_line()
    {
        var wrong = await app.PostAsync(Staff, Body("", "nobody", ("boss", "yesterday", null), ("advisor:69/nobody", null, null)), "admin");
        AnswersTests.Described(wrong, "POST", Staff, 400).GetProperty("errors").EnumerateObject().Select(field => field.Name)
            .ShouldBe(["name", "address", "roles[0].role", "roles[0].from"], ignoreOrder: true);
        const string Import = "/api/admin/import/staff";
        var report = await app.SendAsync(
            HttpMethod.Post, Import + "?dryRun=true", ContractApp.Content("email,name,role\nxavier@departement.example.fr,Xavier,hotline\nx,X,y\n", "text/csv"), "admin");
        var counts = AnswersTests.Described(report, "POST", Import, 200);
        (counts.GetProperty("created").GetInt32(), counts.GetProperty("refused").GetInt32()).ShouldBe((1, 1));
        (await app.GetAsync($"{Staff}?q=xavier", "admin")).Json.GetProperty("people").GetArrayLength().ShouldBe(0);
    }

    private Task<Reply> PutAsync(string id, object body, string tag) => app.SendAsync(
        HttpMethod.Put, $"{Staff}/{id}", System.Net.Http.Json.JsonContent.Create(body), "admin", null, ("If-Match", tag));

    private static object Body(string name, string address, params (string Role, string? From, string? To)[] roles) =>
        new { name, address, roles = roles.Select(role => new { role = role.Role, from = role.From, to = role.To }) };
}
