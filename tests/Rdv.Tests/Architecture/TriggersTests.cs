using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Rdv.Tests.Contract;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>Triggers are thin adapters, with routes that the Functions host takes.</summary>
public sealed partial class TriggersTests
{
    [Fact]
    public void Functions_are_in_Rdv_Functions_only() =>
        Product.Assemblies.Except([Product.Functions])
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .ShouldBeEmpty();

    [Fact]
    public void Names_are_unique_and_the_worker_can_call_them()
    {
        var methods = Triggers.Methods.ToList();
        methods.Count.ShouldBeGreaterThan(30);
        methods.Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name.ToUpperInvariant()).ShouldBeUnique();
        methods.ShouldAllBe(method => method.IsPublic && method.DeclaringType!.IsPublic && method.DeclaringType.IsSealed);
    }

    [Fact]
    public void Every_HTTP_trigger_has_a_route_that_the_host_takes()
    {
        foreach (var trigger in Triggers.Http)
        {
            trigger.Route.ShouldNotBeNullOrEmpty(trigger.Name);
            trigger.Route.ShouldNotStartWith("/", Case.Sensitive, trigger.Name);
            trigger.Route.ShouldNotContain("{*", Case.Sensitive, trigger.Name);
            Owned().IsMatch(trigger.Route).ShouldBeFalse($"{trigger.Name}: the host owns {trigger.Route}");
        }

        // A method without verbs would take them all.
        Triggers.Methods.Where(IsHttp).Select(method => method.GetCustomAttribute<FunctionAttribute>()!.Name)
            .ShouldBe(Triggers.Http.Select(trigger => trigger.Name).Distinct(), ignoreOrder: true);
    }

    /// <summary>The token of a short link stands alone at the root: a page whose name is as long would be the host's to choose between.</summary>
    [Fact]
    public void No_page_is_called_like_the_token_of_a_link()
    {
        var token = Triggers.Http.Select(trigger => trigger.Route).Where(route => route.StartsWith("{token:length(", StringComparison.Ordinal)).Distinct().ShouldHaveSingleItem();
        var lengths = token["{token:length(".Length..].Split(')')[0].Split(',').Select(length => int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Triggers.Http.Select(trigger => trigger.Route)
            .Where(route => !route.Contains('/', StringComparison.Ordinal) && !route.Contains('{', StringComparison.Ordinal) && route.Length >= lengths[0] && route.Length <= lengths[1])
            .ShouldBeEmpty();
    }

    [Fact]
    public void What_changes_something_is_never_behind_a_GET()
    {
        // A GET and another verb on one method would share what the method does.
        Triggers.Http.GroupBy(trigger => trigger.Name).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
        // A sender of CloudEvents asks by OPTIONS whether its events are wanted.
        Triggers.Http.Where(trigger => trigger.Method is not ("GET" or "POST" or "PUT" or "DELETE") && (trigger.Method, trigger.Route) != ("OPTIONS", "api/events/sms")).ShouldBeEmpty();
    }

    /// <summary>The host answers a verb that no trigger declares with 404, and checkers of links ask with HEAD.</summary>
    [Fact]
    public void Whatever_is_read_by_GET_takes_HEAD_and_nothing_else_does()
    {
        var declared = Triggers.Methods.Where(IsHttp)
            .Select(method => (method.Name, method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).First(trigger => trigger is not null)!.Methods))
            .ToList();
        declared.Count(function => function.Methods!.Contains("get")).ShouldBeGreaterThan(30);
        declared.Where(function => function.Methods!.Contains("get") != function.Methods!.Contains("head")).ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_but_a_machine_needs_a_function_key() =>
        Triggers.Http.Where(trigger => trigger.Level != AuthorizationLevel.Anonymous).Select(trigger => trigger.Route)
            .Where(route => !route.StartsWith("api/events/", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void Bodies_are_read_by_the_trigger_and_answers_are_results()
    {
        foreach (var method in Triggers.Methods.Where(IsHttp))
        {
            method.ReturnType.ShouldBeOneOf(typeof(Task<IResult>), typeof(IResult));
            foreach (var parameter in method.GetParameters())
            {
                (parameter.ParameterType == typeof(HttpRequest) || parameter.ParameterType == typeof(CancellationToken) || parameter.ParameterType == typeof(string))
                    .ShouldBeTrue($"{method.DeclaringType}.{method.Name}: the worker does not bind {parameter.Name} as here");
            }
        }
    }

    private static bool IsHttp(MethodInfo method) => method.GetParameters().Any(parameter => parameter.IsDefined(typeof(HttpTriggerAttribute)));

    [GeneratedRegex("^(admin|runtime)(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Owned();
}
