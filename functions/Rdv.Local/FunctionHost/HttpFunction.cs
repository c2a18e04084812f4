using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Rdv.Local.FunctionHost;

/// <param name="Methods">Empty: every verb.</param>
internal sealed record HttpFunction(string Name, MethodInfo Method, string Route, IReadOnlyList<string> Methods)
{
    public static HttpFunction Of(string name, MethodInfo method, HttpTriggerAttribute trigger) =>
        new(name, method, trigger.Route ?? name, trigger.Methods ?? []);
}
