using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rdv.Tests.Infrastructure.Kql;

/// <summary>A query of the templates: what it uses, and what it makes of rows.</summary>
/// <remarks>Regular expressions are run by .NET, where Azure has RE2: those of the templates are read alike by both.</remarks>
internal sealed partial record KqlQuery(string Text, string Source, IReadOnlyList<KqlStage> Stages)
{
    private static readonly JsonSerializerOptions AsKusto = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static KqlQuery Parse(string text) => KqlParser.Parse(text);

    public IEnumerable<string> Functions => Expressions.OfType<KqlExpression.Call>().Select(call => call.Function).Distinct();

    public IEnumerable<string> Operators => Expressions.OfType<KqlExpression.Binary>().Select(binary => binary.Operator).Distinct();

    /// <summary>The columns that it reads and has not made itself.</summary>
    public IEnumerable<string> ColumnsOfSource
    {
        get
        {
            var made = new HashSet<string>(StringComparer.Ordinal);
            var read = new List<string>();
            foreach (var stage in Stages)
            {
                read.AddRange(stage.Columns.SelectMany(column => column.Value.All()).OfType<KqlExpression.Column>().Select(column => column.Name).Where(name => !made.Contains(name)));
                made.UnionWith(stage.Columns.Select(column => column.Name));
            }

            return read.Distinct();
        }
    }

    private IEnumerable<KqlExpression> Expressions => Stages.SelectMany(stage => stage.Columns).SelectMany(column => column.Value.All());

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Run(IEnumerable<IReadOnlyDictionary<string, object?>> rows) =>
        Stages.Aggregate(rows, (current, stage) => Run(stage, [.. current])).ToList();

    private static IEnumerable<IReadOnlyDictionary<string, object?>> Run(KqlStage stage, IReadOnlyList<IReadOnlyDictionary<string, object?>> rows) => stage.Operator switch
    {
        "where" => rows.Where(row => Of(stage.Columns[0].Value, row) is true),
        // What is made beside another column does not see it: each reads the row as it came.
        "extend" => rows.Select(row => With(row, stage.Columns.Select(column => (column.Name, Of(column.Value, row))))),
        "project" => rows.Select(row => With(new Dictionary<string, object?>(StringComparer.Ordinal), stage.Columns.Select(column => (column.Name, Of(column.Value, row))))),
        "summarize" => [With(new Dictionary<string, object?>(StringComparer.Ordinal), stage.Columns.Select(column => (column.Name, (object?)Aggregated(column.Value, rows))))],
        "mv-expand" => rows.SelectMany(row => ((IEnumerable<object?>)Of(stage.Columns[0].Value, row)!).Select(item => With(row, [(stage.Columns[0].Name, item)]))),
        _ => throw new NotSupportedException(stage.Operator),
    };

    private static Dictionary<string, object?> With(IReadOnlyDictionary<string, object?> row, IEnumerable<(string Name, object? Value)> columns)
    {
        var made = new Dictionary<string, object?>(row, StringComparer.Ordinal);
        foreach (var (name, value) in columns)
        {
            made[name] = value;
        }

        return made;
    }

    private static List<object?> Aggregated(KqlExpression value, IReadOnlyList<IReadOnlyDictionary<string, object?>> rows) => value is KqlExpression.Call { Function: "make_set" } call
        ? rows.Select(row => Of(call.Arguments[0], row)).Distinct().ToList()
        : throw new NotSupportedException(value.ToString());

    private static object? Of(KqlExpression expression, IReadOnlyDictionary<string, object?> row) => expression switch
    {
        KqlExpression.Literal literal => literal.Value,
        KqlExpression.Column column => row.TryGetValue(column.Name, out var value) ? value : null,
        KqlExpression.Values values => values.Items.Select(item => Of(item, row)).ToList(),
        KqlExpression.Call call => Of(call.Function, [.. call.Arguments.Select(argument => Of(argument, row))]),
        KqlExpression.Binary binary => Of(binary.Operator, Of(binary.Left, row), Of(binary.Right, row)),
        _ => throw new NotSupportedException(expression.ToString()),
    };

    private static object? Of(string function, object?[] arguments) => function switch
    {
        "replace" => Replaced(AsText(arguments[2]), AsText(arguments[0]), AsText(arguments[1])),
        "replace_regex" => Replaced(AsText(arguments[0]), AsText(arguments[1]), AsText(arguments[2])),
        "extract" => Regex.Match(AsText(arguments[2]), AsText(arguments[0]), RegexOptions.CultureInvariant).Groups[(int)(long)arguments[1]!].Value,
        "iif" => arguments[0] is true ? arguments[1] : arguments[2],
        "substring" => AsText(arguments[0]) is var text && text.Length > (long)arguments[2]! ? text.Substring((int)(long)arguments[1]!, (int)(long)arguments[2]!) : text,
        "toint" => long.TryParse(AsText(arguments[0]), CultureInfo.InvariantCulture, out var number) ? number : null,
        "tostring" => AsText(arguments[0]),
        "parse_json" => Json(AsText(arguments[0])),
        "dynamic" => arguments[0],
        "set_difference" => ((IEnumerable<object?>)arguments[0]!).Except((IEnumerable<object?>)arguments[1]!).ToList(),
        _ => throw new NotSupportedException(function),
    };

    private static bool Of(string name, object? left, object? right) => name switch
    {
        "and" => left is true && right is true,
        "or" => left is true || right is true,
        "==" => Equals(left, right),
        ">=" => left is long one && right is long other && one >= other,
        "in" => ((IEnumerable<object?>)right!).Contains(left),
        "contains" => AsText(left).Contains(AsText(right), StringComparison.OrdinalIgnoreCase),
        "startswith" => AsText(left).StartsWith(AsText(right), StringComparison.OrdinalIgnoreCase),
        _ => throw new NotSupportedException(name),
    };

    private static string Replaced(string text, string pattern, string rewrite) =>
        Regex.Replace(text, pattern, Group().Replace(rewrite.Replace("$", "$$", StringComparison.Ordinal), "$${$1}"), RegexOptions.CultureInvariant);

    private static string AsText(object? value) => value switch
    {
        null => "",
        JsonNode json => json.ToJsonString(AsKusto),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>What is no JSON stays the text that it was, as in Azure.</summary>
    private static object? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    [GeneratedRegex(@"\\([0-9])")]
    private static partial Regex Group();
}
