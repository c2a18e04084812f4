namespace Rdv.Tests.Infrastructure.Kql;

internal abstract record KqlExpression
{
    private KqlExpression()
    {
    }

    public sealed record Literal(object Value) : KqlExpression;

    public sealed record Column(string Name) : KqlExpression;

    public sealed record Member(KqlExpression Of, string Name) : KqlExpression;

    public sealed record Call(string Function, IReadOnlyList<KqlExpression> Arguments) : KqlExpression;

    public sealed record Binary(string Operator, KqlExpression Left, KqlExpression Right) : KqlExpression;

    /// <summary>What stands in brackets behind <c>in</c>, and in a dynamic literal.</summary>
    public sealed record Values(IReadOnlyList<KqlExpression> Items) : KqlExpression;

    /// <summary>It, and all that it is made of.</summary>
    public IEnumerable<KqlExpression> All() => (this switch
    {
        Member member => member.Of.All(),
        Call call => call.Arguments.SelectMany(argument => argument.All()),
        Binary binary => binary.Left.All().Concat(binary.Right.All()),
        Values values => values.Items.SelectMany(item => item.All()),
        _ => [],
    }).Prepend(this);
}
