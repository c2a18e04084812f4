using System.Globalization;

namespace Rdv.Tests.Infrastructure.Kql;

/// <summary>As much of the grammar of KQL as the templates use. What it does not know it refuses.</summary>
internal sealed class KqlParser
{
    private static readonly string[] Symbols = ["==", "!=", "=~", "!~", "<=", ">=", "<", ">"];

    // They end an expression, and are no operator of one.
    private static readonly string[] Separators = ["by", "to"];

    private readonly string _query;
    private readonly IReadOnlyList<KqlToken> _tokens;
    private int _next;

    private KqlParser(string query) => (_query, _tokens) = (query, KqlToken.Read(query));

    public static KqlQuery Parse(string query)
    {
        var parser = new KqlParser(query);
        var source = parser.Word();
        var stages = new List<KqlStage>();
        while (parser.Takes("|"))
        {
            stages.Add(parser.Stage());
        }

        return parser.Peek.Kind == KqlTokenKind.End ? new KqlQuery(query, source, stages) : throw parser.Unexpected();
    }

    private KqlToken Peek => _tokens[_next];

    private KqlStage Stage()
    {
        var name = Word();
        while (Peek is { Kind: KqlTokenKind.Sign, Value: "-" } && _tokens[_next + 1].Kind == KqlTokenKind.Word)
        {
            _next++;
            name += "-" + Word();
        }

        switch (name)
        {
            case "where":
                return new KqlStage(name, [("", Or())]);
            case "extend" or "project" or "summarize":
                return new KqlStage(name, Columns());
            case "mv-expand":
                var columns = Columns();
                Expect("to");
                Expect("typeof");
                Expect("(");
                Word();
                Expect(")");
                return new KqlStage(name, columns);
            default:
                throw new FormatException($"The operator {name} is not known: {_query}");
        }
    }

    private List<(string Name, KqlExpression Value)> Columns()
    {
        var columns = new List<(string Name, KqlExpression Value)>();
        do
        {
            var name = "";
            if (Peek.Kind == KqlTokenKind.Word && _tokens[_next + 1] is { Kind: KqlTokenKind.Sign, Value: "=" })
            {
                name = Word();
                _next++;
            }

            var value = Or();
            columns.Add((name.Length > 0 ? name : (value as KqlExpression.Column)?.Name ?? throw Unexpected(), value));
        }
        while (Takes(","));
        return columns;
    }

    private KqlExpression Or()
    {
        var left = And();
        while (Takes("or"))
        {
            left = new KqlExpression.Binary("or", left, And());
        }

        return left;
    }

    private KqlExpression And()
    {
        var left = Comparison();
        while (Takes("and"))
        {
            left = new KqlExpression.Binary("and", left, Comparison());
        }

        return left;
    }

    private KqlExpression Comparison()
    {
        var left = Sum();
        string name;
        if (Peek.Kind == KqlTokenKind.Sign && Symbols.Contains(Peek.Value))
        {
            name = _tokens[_next++].Value;
        }
        else if (Peek.Kind == KqlTokenKind.Word && Peek.Value is not ("and" or "or") && !Separators.Contains(Peek.Value))
        {
            // Whatever stands between two operands is meant as an operator: who checks says whether there is such a one.
            name = Word();
        }
        else if (Takes("!"))
        {
            name = "!" + Word();
        }
        else
        {
            return left;
        }

        return new KqlExpression.Binary(name, left, name is "in" or "!in" ? new KqlExpression.Values(List("(", ")")) : Sum());
    }

    private KqlExpression Sum()
    {
        var left = Operand();
        while (Peek is { Kind: KqlTokenKind.Sign, Value: "+" or "-" or "*" or "/" or "%" })
        {
            left = new KqlExpression.Binary(_tokens[_next++].Value, left, Operand());
        }

        return left;
    }

    private KqlExpression Operand()
    {
        var token = _tokens[_next];
        KqlExpression value;
        switch (token.Kind)
        {
            case KqlTokenKind.Text:
                _next++;
                value = new KqlExpression.Literal(token.Value);
                break;
            case KqlTokenKind.Number:
                _next++;
                value = new KqlExpression.Literal(long.Parse(token.Value, CultureInfo.InvariantCulture));
                break;
            case KqlTokenKind.Word when token.Value is "true" or "false":
                _next++;
                value = new KqlExpression.Literal(token.Value == "true");
                break;
            case KqlTokenKind.Word when _tokens[_next + 1] is { Kind: KqlTokenKind.Sign, Value: "(" }:
                _next++;
                value = new KqlExpression.Call(token.Value, List("(", ")"));
                break;
            case KqlTokenKind.Word:
                _next++;
                value = new KqlExpression.Column(token.Value);
                break;
            case KqlTokenKind.Sign when token.Value == "(":
                _next++;
                value = Or();
                Expect(")");
                break;
            case KqlTokenKind.Sign when token.Value == "[":
                value = new KqlExpression.Values(List("[", "]"));
                break;
            default:
                throw Unexpected();
        }

        while (Takes("."))
        {
            value = new KqlExpression.Member(value, Word());
        }

        return value;
    }

    private List<KqlExpression> List(string open, string close)
    {
        Expect(open);
        var items = new List<KqlExpression>();
        if (!Takes(close))
        {
            do
            {
                items.Add(Or());
            }
            while (Takes(","));
            Expect(close);
        }

        return items;
    }

    private string Word() => Peek.Kind == KqlTokenKind.Word ? _tokens[_next++].Value : throw Unexpected();

    private void Expect(string value)
    {
        if (!Takes(value))
        {
            throw Unexpected();
        }
    }

    private bool Takes(string value)
    {
        if (Peek.Kind is KqlTokenKind.Text or KqlTokenKind.End || Peek.Value != value)
        {
            return false;
        }

        _next++;
        return true;
    }

    private FormatException Unexpected() =>
        new(string.Create(CultureInfo.InvariantCulture, $"Not expected at {Peek.At} ({Peek.Value}): {_query}"));
}
