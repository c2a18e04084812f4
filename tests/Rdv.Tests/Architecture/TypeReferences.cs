using Mono.Cecil;
using Mono.Cecil.Cil;
using Assembly = System.Reflection.Assembly;

namespace Rdv.Tests.Architecture;

/// <summary>One type that another one of the same assembly refers to, each with its namespace; nested types count as the one around them.</summary>
internal sealed record TypeReferenceFound(string FromNamespace, string From, string ToNamespace, string To)
{
    public override string ToString() => $"{FromNamespace}.{From} → {ToNamespace}.{To}";
}

/// <summary>
/// What the types of an assembly refer to once they are compiled: bases, attributes, members, and the bodies of methods, with the lambdas and the
/// state machines that the compiler makes of them. A constant is copied to where it is used, and leaves no reference.
/// </summary>
internal static class TypeReferences
{
    public static IReadOnlyList<TypeReferenceFound> In(Assembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        return
        [
            .. module.Types.Where(IsOurs)
                .SelectMany(type => Of(type).SelectMany(Parts).Select(Outermost).Where(to => to.Scope == module && IsOurs(to) && to.FullName != type.FullName)
                    .Select(to => new TypeReferenceFound(type.Namespace, type.Name, to.Namespace, to.Name)))
                .Distinct(),
        ];
    }

    /// <summary>Not what the compiler and its generators add.</summary>
    private static bool IsOurs(TypeReference type) => type.Namespace == "Rdv" || type.Namespace.StartsWith("Rdv.", StringComparison.Ordinal);

    private static IEnumerable<TypeReference?> Of(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. Constraints(type),
        .. Attributes(type),
        .. type.Fields.SelectMany(field => Attributes(field).Append(field.FieldType)),
        .. type.Properties.SelectMany(Attributes),
        .. type.Methods.SelectMany(Of),
        .. type.NestedTypes.SelectMany(Of),
    ];

    private static IEnumerable<TypeReference?> Of(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.SelectMany(parameter => Attributes(parameter).Append(parameter.ParameterType)),
        .. Constraints(method),
        .. Attributes(method),
        .. method.HasBody ? Of(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> Of(MethodBody body) =>
    [
        .. body.Variables.Select(variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(handler => handler.CatchType),
        .. body.Instructions.SelectMany(instruction => Operand(instruction.Operand)),
    ];

    private static IEnumerable<TypeReference?> Operand(object? operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [.. Operand(method.ElementMethod), .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)],
        _ => [],
    };

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider generic) =>
        generic.GenericParameters.SelectMany(parameter => parameter.Constraints.Select(constraint => constraint.ConstraintType));

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments.Select(argument => argument.Value as TypeReference).Append(attribute.AttributeType));

    /// <summary>The types that a type is made of: what is in an array, what a generic type is given.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
