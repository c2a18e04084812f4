using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace Rdv.Tests.Contract;

/// <param name="Route">As it is declared, without a slash in front.</param>
/// <param name="Method">In capitals.</param>
public sealed record Trigger(string Name, string Route, string Method, AuthorizationLevel Level);

/// <summary>The HTTP triggers of the product, found by reflection. HEAD goes with every GET (Architecture.TriggersTests), and is left out.</summary>
public static partial class Triggers
{
    public static IReadOnlyList<Trigger> Http { get; } =
    [
        .. from method in Methods
           let http = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(found => found is not null)
           where http is not null
           from verb in http.Methods ?? []
           where verb != "head"
           orderby http.Route, verb
           select new Trigger(
               method.GetCustomAttribute<FunctionAttribute>()!.Name, http.Route ?? "", verb.ToUpperInvariant(), http.AuthLevel),
    ];

    public static IEnumerable<MethodInfo> Methods => typeof(Rdv.Functions.Operations.Health).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null);

    /// <summary>The address of a route, its parameters filled in; constraints and question marks go.</summary>
    public static string Fill(string route, Func<string, string> value) =>
        "/" + Parameter().Replace(route, match => match.Groups["optional"].Success ? "" : value(match.Groups["name"].Value));

    [GeneratedRegex(@"\{(?<name>\w+)(:[^{}?]*)?(?<optional>\?)?\}")]
    private static partial Regex Parameter();
}
