using System.Reflection;
using System.Runtime.CompilerServices;

namespace Rdv.Tests.Architecture;

/// <summary>The assemblies of the product, and the types that somebody wrote in them.</summary>
internal static class Product
{
    public static Assembly Domain { get; } = typeof(RdvSettings).Assembly;

    public static Assembly Adapters { get; } = typeof(Rdv.Azure.Tables.RdvTable).Assembly;

    public static Assembly Pages { get; } = typeof(Rdv.Pages.Asset).Assembly;

    public static Assembly Functions { get; } = typeof(Rdv.Functions.Operations.Health).Assembly;

    public static Assembly Local { get; } = typeof(Rdv.Local.LocalApp).Assembly;

    public static Assembly Restore { get; } = typeof(Rdv.Restore.RestoreArguments).Assembly;

    public static IReadOnlyList<Assembly> Assemblies { get; } = [Domain, Adapters, Pages, Functions, Local, Restore];

    public static IEnumerable<Type> Types => Assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.Name.Contains('<', StringComparison.Ordinal)
            && type.FullName?.Contains('<', StringComparison.Ordinal) == false
            && type.FullName.StartsWith("Rdv.", StringComparison.Ordinal)
            && !IsGenerated(type));

    public static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute))
        || (member.DeclaringType is { } outer && IsGenerated(outer));
}
