using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>
/// The types of the Functions worker that the triggers name, member by member. Without the packages they are those that
/// Host/DeclaredAttributes.cs declares, and have these members and no others; with the packages they are the real ones, and have at
/// least these: what is declared cannot drift from what is real without one of the two builds failing here.
/// </summary>
public sealed class DeclaredAttributesTests
{
    private static readonly (Type Type, string[] Members)[] Expected =
    [
        (typeof(FunctionAttribute), ["new(String name)", "String Name get"]),
        (typeof(HttpTriggerAttribute),
        [
            "new()", "new(params String[] methods)", "new(AuthorizationLevel authLevel)", "new(AuthorizationLevel authLevel, params String[] methods)",
            "String Route get set", "String[] Methods get", "AuthorizationLevel AuthLevel get",
        ]),
        (typeof(TimerTriggerAttribute), ["new(String schedule)", "String Schedule get", "Boolean UseMonitor get set", "Boolean RunOnStartup get set"]),
        (typeof(TimerInfo), ["new()", "ScheduleStatus ScheduleStatus get set", "Boolean IsPastDue get set"]),
        (typeof(ScheduleStatus), ["new()", "DateTime Last get set", "DateTime Next get set", "DateTime LastUpdated get set"]),
        (typeof(AuthorizationLevel), ["Anonymous = 0", "User = 1", "Function = 2", "System = 3", "Admin = 4"]),
    ];

    [Fact]
    public void The_members_are_those_of_the_worker()
    {
        foreach (var (type, members) in Expected)
        {
            type.Namespace.ShouldBe("Microsoft.Azure.Functions.Worker");
#if FUNCTIONS_PACKAGES
            members.Except(MembersOf(type)).ShouldBeEmpty(type.Name);
#else
            type.Assembly.ShouldBe(Product.Functions);
            MembersOf(type).ShouldBe(members, ignoreOrder: true, type.Name);
#endif
        }
    }

#if !FUNCTIONS_PACKAGES
    [Fact]
    public void Nothing_else_is_declared_in_the_namespace_of_the_worker() =>
        Product.Functions.GetTypes().Where(type => type.Namespace?.StartsWith("Microsoft.", StringComparison.Ordinal) == true && !Product.IsGenerated(type))
            .ShouldBe(Expected.Select(expected => expected.Type), ignoreOrder: true);
#endif

    [Fact]
    public void The_values_without_arguments_are_those_of_the_worker()
    {
        new HttpTriggerAttribute().AuthLevel.ShouldBe(AuthorizationLevel.Function);
        new HttpTriggerAttribute("get").AuthLevel.ShouldBe(AuthorizationLevel.Anonymous);
        new HttpTriggerAttribute("get", "post").Methods.ShouldBe(["get", "post"]);
        new HttpTriggerAttribute(AuthorizationLevel.Admin, "get").AuthLevel.ShouldBe(AuthorizationLevel.Admin);
        var timer = new TimerTriggerAttribute("0 * * * * *");
        (timer.Schedule, timer.UseMonitor, timer.RunOnStartup).ShouldBe(("0 * * * * *", true, false));
        typeof(FunctionAttribute).GetCustomAttribute<AttributeUsageAttribute>()!.ValidOn.HasFlag(AttributeTargets.Method).ShouldBeTrue();
        typeof(HttpTriggerAttribute).GetCustomAttribute<AttributeUsageAttribute>()!.ValidOn.HasFlag(AttributeTargets.Parameter).ShouldBeTrue();
        typeof(TimerTriggerAttribute).GetCustomAttribute<AttributeUsageAttribute>()!.ValidOn.HasFlag(AttributeTargets.Parameter).ShouldBeTrue();
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {(int)Enum.Parse(type, name)}");
        }

        var constructors = type.GetConstructors().Select(constructor => $"new({string.Join(", ", constructor.GetParameters().Select(parameter =>
            $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")}{parameter.ParameterType.Name} {parameter.Name}"))})");
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.Name != nameof(Attribute.TypeId))
            .Select(property => $"{property.PropertyType.Name} {property.Name}{(property.GetMethod?.IsPublic == true ? " get" : "")}{(property.SetMethod?.IsPublic == true ? " set" : "")}");
        return constructors.Concat(properties);
    }
}
