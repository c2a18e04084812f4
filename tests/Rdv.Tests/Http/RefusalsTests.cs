using System.Reflection;
using Microsoft.AspNetCore.Http;
using NodaTime.Testing;
using Rdv.Functions.Http;
using Rdv.Functions.Pages;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Http;

/// <summary>Whatever a use case may refuse has one answer of the API and one page: the contract's table, both ways.</summary>
public sealed class RefusalsTests
{
    private static readonly Dictionary<string, (int Status, string Code)> Contract = new()
    {
        [nameof(Refusal.Invalid)] = (400, "invalid"),
        [nameof(Refusal.Forbidden)] = (403, "forbidden"),
        [nameof(Refusal.NotFound)] = (404, "not-found"),
        [nameof(Refusal.SlotTaken)] = (409, "slot-taken"),
        [nameof(Refusal.IdempotencyMismatch)] = (409, "idempotency-mismatch"),
        [nameof(Refusal.Stale)] = (409, "stale"),
        [nameof(Refusal.TooLate)] = (409, "too-late"),
        [nameof(Refusal.AppointmentsInside)] = (409, "appointments-inside"),
        [nameof(Refusal.StillToCome)] = (409, "still-to-come"),
        [nameof(Refusal.Overlap)] = (409, "overlap"),
        [nameof(Refusal.TooMany)] = (429, "too-many"),
    };

    public static TheoryData<string> Names => [.. typeof(Refusal).GetNestedTypes().Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_refusal_has_the_problem_of_the_contract(string name)
    {
        var (status, body, _) = await Answers.ExecuteAsync(Problems.Of(Make(name)));
        status.ShouldBe(Contract[name].Status);
        body.GetProperty("code").GetString().ShouldBe(Contract[name].Code);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_refusal_has_a_page(string name) =>
        new PageResults(new RdvSettings { HotlinePhone = "01 99 00 12 34", SiteBaseUrl = "https://rdv.example", MailFrom = "rdv@conseillers.example" }, FakeClock.FromUtc(2026, 11, 24))
            .Of(Make(name)).ShouldNotBeNull();

    [Theory]
    [InlineData(typeof(StorageUnavailableException), 503, "busy")]
    [InlineData(typeof(ContendedException), 503, "busy")]
    [InlineData(typeof(UnknownOutcomeException), 504, "unsure")]
    public async Task What_storage_did_has_its_problem_and_says_when_to_come_back(Type exception, int status, string code)
    {
        var problem = Problems.Of((Exception)Activator.CreateInstance(exception)!);
        var (actual, body, headers) = await Answers.ExecuteAsync(problem.ShouldNotBeNull());
        actual.ShouldBe(status);
        body.GetProperty("code").GetString().ShouldBe(code);
        headers.RetryAfter.ToString().ShouldNotBeEmpty();
    }

    [Fact]
    public void A_bug_is_no_answer_of_storage() => Problems.Of(new InvalidOperationException("bug")).ShouldBeNull();

    private static Refusal Make(string name)
    {
        var constructor = typeof(Refusal).GetNestedType(name)!.GetConstructors().MinBy(candidate => candidate.GetParameters().Length)!;
        return (Refusal)constructor.Invoke([.. constructor.GetParameters().Select(Value)]);
    }

    private static object? Value(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "texte",
        var type when type == typeof(FieldErrors) => FieldErrors.Of("field", "texte"),
        var type when type == typeof(Territory) => Territory.Parse("69"),
        { IsGenericType: true } list when list.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => Array.CreateInstance(list.GetGenericArguments()[0], 0),
        _ => null,
    };
}
