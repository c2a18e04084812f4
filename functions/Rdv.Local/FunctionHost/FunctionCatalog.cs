using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace Rdv.Local.FunctionHost;

/// <summary>
/// The functions of some types. It refuses what would run here and not in Azure, where the worker binds less and
/// answers a plain object with an empty body.
/// </summary>
internal sealed class FunctionCatalog
{
    private FunctionCatalog(IReadOnlyList<HttpFunction> http, IReadOnlyList<TimerFunction> timers)
    {
        Http = http;
        Timers = timers;
    }

    public IReadOnlyList<HttpFunction> Http { get; }

    /// <summary>By name.</summary>
    public IReadOnlyList<TimerFunction> Timers { get; }

    /// <exception cref="InvalidOperationException">A function that the Functions host would not run.</exception>
    public static FunctionCatalog Find(IEnumerable<Type> types)
    {
        var http = new List<HttpFunction>();
        var timers = new List<TimerFunction>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var methods = types
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly));
        foreach (var method in methods)
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
            {
                continue;
            }

            if (!names.Add(function.Name))
            {
                throw Refused(method, $"two functions are named {function.Name}");
            }

            var parameters = method.GetParameters();
            if (parameters.Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(a => a is not null) is { } httpTrigger)
            {
                http.Add(Checked(HttpFunction.Of(function.Name, method, httpTrigger)));
            }
            else if (parameters.Select(p => p.GetCustomAttribute<TimerTriggerAttribute>()).FirstOrDefault(a => a is not null) is { } timer)
            {
                timers.Add(Checked(new TimerFunction(function.Name, method, timer.Schedule, timer.UseMonitor, timer.RunOnStartup)));
            }
            else
            {
                throw Refused(method, "it has neither an HTTP nor a timer trigger");
            }
        }

        return new FunctionCatalog(
            [.. http.OrderBy(f => f.Name, StringComparer.Ordinal)],
            [.. timers.OrderBy(f => f.Name, StringComparer.Ordinal)]);
    }

    private static HttpFunction Checked(HttpFunction function)
    {
        var pattern = RoutePatternFactory.Parse(function.Route);
        if (function.Route.StartsWith('/')
            || pattern.PathSegments is [{ Parts: [RoutePatternLiteralPart { Content: "admin" or "runtime" }] }, ..])
        {
            throw Refused(function.Method, $"the Functions host refuses or owns the route {function.Route}");
        }

        foreach (var parameter in function.Method.GetParameters())
        {
            if (parameter.ParameterType != typeof(HttpRequest)
                && parameter.ParameterType != typeof(CancellationToken)
                && pattern.GetParameter(parameter.Name!) is null)
            {
                throw Refused(function.Method, $"the worker does not bind {parameter.Name}: it is not in the route");
            }
        }

        var result = function.Method.ReturnType;
        if (result.IsGenericType && (result.GetGenericTypeDefinition() == typeof(Task<>) || result.GetGenericTypeDefinition() == typeof(ValueTask<>)))
        {
            result = result.GetGenericArguments()[0];
        }

        return typeof(IResult).IsAssignableFrom(result)
            ? function
            : throw Refused(function.Method, $"the worker answers a {result.Name} with an empty body: return an IResult");
    }

    private static TimerFunction Checked(TimerFunction function)
    {
        foreach (var parameter in function.Method.GetParameters())
        {
            if (parameter.ParameterType != typeof(TimerInfo) && parameter.ParameterType != typeof(CancellationToken))
            {
                throw Refused(function.Method, $"the worker does not bind {parameter.Name}");
            }
        }

        return function.Method.ReturnType == typeof(Task) || function.Method.ReturnType == typeof(void)
            ? function
            : throw Refused(function.Method, "a timer returns a Task or nothing");
    }

    private static InvalidOperationException Refused(MethodInfo method, string why) =>
        new($"The function {method.DeclaringType}.{method.Name} cannot run: {why}.");
}
