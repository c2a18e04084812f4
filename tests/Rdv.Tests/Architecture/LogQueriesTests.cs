using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Infrastructure.Kql;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>The queries that Bicep hands to the log workspace: the rule that keeps keys out of the logs, and the alerts.</summary>
/// <remarks>https://learn.microsoft.com/azure/azure-monitor/essentials/data-collection-transformations-kql</remarks>
public sealed partial class LogQueriesTests
{
    // "Supported KQL features in Azure Monitor transformations", Microsoft Learn, January 2026: its lists of tabular operators, of scalar operators
    // and of functions. Of the tabular ones those that ours are read with (KqlParser).
    private static readonly HashSet<string> TransformationStages = ["extend", "project", "where"];

    private static readonly HashSet<string> TransformationOperators =
    [
        "==", "!=", "=~", "!~", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "and", "or", "contains", "!contains", "contains_cs", "!contains_cs", "has", "!has", "has_cs", "!has_cs",
        "startswith", "!startswith", "startswith_cs", "!startswith_cs", "endswith", "!endswith", "endswith_cs", "!endswith_cs", "in", "!in",
    ];

    private static readonly HashSet<string> TransformationFunctions =
    [
        "binary_and", "binary_or", "binary_not", "binary_shift_left", "binary_shift_right", "binary_xor",
        "tobool", "todatetime", "todouble", "toreal", "toguid", "toint", "tolong", "tostring", "totimespan",
        "ago", "datetime_add", "datetime_diff", "datetime_part", "dayofmonth", "dayofweek", "dayofyear", "endofday", "endofmonth", "endofweek", "endofyear", "getmonth", "getyear",
        "hourofday", "make_datetime", "make_timespan", "now", "startofday", "startofmonth", "startofweek", "startofyear", "weekofyear",
        "array_concat", "array_length", "pack_array", "pack", "parse_json", "parse_xml", "zip",
        "abs", "bin", "floor", "ceiling", "exp", "exp10", "exp2", "isfinite", "isinf", "isnan", "log", "log10", "log2", "pow", "round", "sign",
        "case", "iif", "max_of", "min_of",
        "base64_encodestring", "base64_decodestring", "countof", "extract", "extract_all", "indexof", "isempty", "isnotempty", "split", "strcat", "strcat_delim", "strlen", "substring",
        "tolower", "toupper", "hash_sha256", "gettype", "isnotnull", "isnull", "parse_cef_dictionary", "geo_location",
        // Not in the list, and in its example: what takes the keys out. infra/staging/redaction.sh says whether it does.
        "replace",
    ];

    // An alert on logs may use the language of Log Analytics; of it, what is known to be there for a rule, and in these queries.
    private static readonly HashSet<string> AlertStages = ["where", "extend", "project", "summarize", "mv-expand"];
    private static readonly HashSet<string> AlertOperators = ["==", "!=", "<", ">", "<=", ">=", "and", "or", "in", "!in", "has", "contains", "startswith"];
    private static readonly HashSet<string> AlertFunctions = ["toint", "tostring", "dcount", "make_set", "set_difference", "dynamic", "replace_regex", "substring", "extract", "iif"];

    // "Azure Monitor log reference": what the queries may read. A column that is not there is an error at each run of a rule.
    private static readonly Dictionary<string, HashSet<string>> ColumnsOf = new(StringComparer.Ordinal)
    {
        ["AppRequests"] = ["TimeGenerated", "Id", "Name", "Url", "Success", "ResultCode", "DurationMs", "Source", "OperationName", "OperationId", "Properties"],
        ["AppDependencies"] = ["TimeGenerated", "Id", "Name", "Data", "Target", "DependencyType", "Success", "ResultCode", "DurationMs", "OperationName", "OperationId", "Properties"],
        ["AppTraces"] = ["TimeGenerated", "Message", "SeverityLevel", "OperationName", "OperationId", "Properties"],
        ["AppExceptions"] =
        [
            "TimeGenerated", "ProblemId", "ExceptionType", "Message", "OuterMessage", "InnermostMessage", "Details", "SeverityLevel", "OperationName", "OperationId", "Properties",
        ],
    };

    private static IReadOnlyDictionary<string, JsonElement> AlertRules { get; } = Templates.Objects
        .Where(one => one.TryGetProperty("type", out var type) && type.ValueEquals("Microsoft.Insights/scheduledQueryRules"))
        .ToDictionary(rule => rule.GetProperty("name").GetString()!, rule => rule.GetProperty("properties"));

    private static IReadOnlyList<string> Alerts { get; } = [.. AlertRules.Values.Select(rule => Criterion(rule).GetProperty("query").GetString()!)];

    public static TheoryData<string> Timers { get; } = [.. ATimer.All().Select(timer => timer.Name)];

    // Each Error that the code may log, as it is written.
    public static TheoryData<string> ErrorTemplates { get; } =
    [
        .. from folder in new[] { "Rdv", "Rdv.Azure" }
           from file in System.IO.Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "functions", folder), "*.cs", SearchOption.AllDirectories)
           from Match match in LoggedError().Matches(File.ReadAllText(file))
           select match.Groups[1].Value,
    ];

    /// <summary>Every rule tells somebody, and only what cannot wait for the morning rings.</summary>
    [Fact]
    public void Only_alerts_of_the_first_severity_ring()
    {
        var rules = Templates.Complete
            .Where(one => one.TryGetProperty("type", out var type) && (type.ValueEquals("Microsoft.Insights/scheduledQueryRules") || type.ValueEquals("Microsoft.Insights/metricAlerts")))
            .ToDictionary(rule => rule.GetProperty("name").GetString()!, rule => rule.GetProperty("properties"));
        rules.Count.ShouldBeGreaterThan(AlertRules.Count);
        foreach (var (name, rule) in rules)
        {
            rule.GetProperty("enabled").GetBoolean().ShouldBeTrue(name);
            var told = rule.GetProperty("actions").GetRawText();
            told.ShouldContain("actionGroups/ag-rdv-", customMessage: name);
            told.Contains("actionGroups/ag-on-call-", StringComparison.Ordinal).ShouldBe(rule.GetProperty("severity").GetInt32() <= 1, name);
        }
    }

    /// <summary>A comment that names a test which is not there holds nothing.</summary>
    [Fact]
    public void A_test_that_the_templates_name_is_there()
    {
        var tests = typeof(LogQueriesTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var named = System.IO.Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "infra"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".bicep" or ".bicepparam" or ".sh" or ".md" or ".proj")
            .SelectMany(file => TestClass().Matches(File.ReadAllText(file))).Select(match => match.Value).Distinct().ToList();
        named.ShouldContain("RedactionTests");
        named.Except(tests).ShouldBeEmpty();
    }

    [Fact]
    public void A_transformation_reads_its_source_and_uses_only_what_transformations_have()
    {
        foreach (var (stream, rule) in Templates.Transformations)
        {
            rule.Length.ShouldBeLessThan(15_360, "Azure takes no more");
            var query = KqlQuery.Parse(rule);
            query.Source.ShouldBe("source", rule);
            UsesOnly(query, TransformationStages, TransformationOperators, TransformationFunctions);
            query.ColumnsOfSource.Except(ColumnsOf[stream.Replace("Microsoft-Table-", "", StringComparison.Ordinal)]).ShouldBeEmpty(rule);
        }
    }

    [Fact]
    public void An_alert_begins_with_a_table_and_uses_only_what_is_known()
    {
        Alerts.Count.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var query in Alerts.Select(KqlQuery.Parse))
        {
            ColumnsOf.Keys.ShouldContain(query.Source, query.Text);
            UsesOnly(query, AlertStages, AlertOperators, AlertFunctions);
            query.ColumnsOfSource.Except(ColumnsOf[query.Source]).ShouldBeEmpty(query.Text);
        }
    }

    /// <summary>In a new workspace there is no table yet: Azure would refuse what it cannot run.</summary>
    [Fact]
    public void An_alert_is_taken_before_its_table_is_there() =>
        AlertRules.Values.ShouldAllBe(rule => rule.GetProperty("skipQueryValidation").GetBoolean());

    /// <summary>People who were not forgotten, or a message that was given up, are told by nothing else.</summary>
    [Theory]
    [MemberData(nameof(Timers))]
    public void An_error_that_a_timer_logs_is_told(string timer)
    {
        Told("AppTraces", Logged(timer, 3, "The people of territory 69 could not be forgotten")).ShouldNotBeEmpty();
        Told("AppTraces", Logged(timer, 2, "The people of territory 69 could not be forgotten")).ShouldBeEmpty("what wakes people must be rare");
    }

    [Theory]
    [MemberData(nameof(Timers))]
    public void A_timer_that_falls_silent_is_told_by_its_name(string timer)
    {
        var runs = ATimer.All().Select(one => Run(one.Name, one.Name != timer)).ToArray();
        Told("AppRequests", runs).ShouldHaveSingleItem().Row["Timer"].ShouldBe(timer);
        Told("AppRequests", [.. ATimer.All().Select(one => Run(one.Name, true))]).ShouldBeEmpty();
    }

    /// <summary>A rule of a timer that runs once an hour looks back for longer than that, and every rule at least twice as long as its timers wait.</summary>
    [Fact]
    public void Silence_is_looked_for_over_more_than_one_run()
    {
        var day = Instant.FromUtc(2026, 11, 27, 0, 0);
        var told = Told("AppRequests");
        told.Select(one => one.Row["Timer"]).ShouldBe(ATimer.All().Select(timer => timer.Name), ignoreOrder: true, "where no timer runs at all, each is told");
        foreach (var (rule, row) in told)
        {
            var runs = ATimer.All().Single(timer => timer.Name.Equals(row["Timer"])).Within(day, Duration.FromDays(1));
            var wait = runs.Zip(runs.Skip(1), (one, next) => next - one).Max();
            Duration.FromTimeSpan(System.Xml.XmlConvert.ToTimeSpan(rule.GetProperty("windowSize").GetString()!)).ShouldBeGreaterThanOrEqualTo(wait * 2, (string)row["Timer"]!);
        }
    }

    /// <summary>A budget that is spent says so every five minutes all day: a backlog in those hours has to be told all the same, and one that grows once.</summary>
    [Theory]
    [MemberData(nameof(ErrorTemplates))]
    public void Each_cause_is_told_by_itself(string template)
    {
        foreach (var timer in ATimer.All())
        {
            var (rule, row) = Told("AppTraces", Logged(timer.Name, 3, Fill(template, 0))).ShouldHaveSingleItem();
            string[] by = [.. Criterion(rule).GetProperty("dimensions").EnumerateArray().Select(dimension => dimension.GetProperty("name").GetString()!)];
            string Alert(string text) => string.Join('|', by.Select(column => Told("AppTraces", Logged(timer.Name, 3, text)).Single().Row[column]));
            by.ShouldContain("Cause");
            Alert(Fill(template, 1)).ShouldBe(Alert(Fill(template, 0)), "another territory is no other cause");
            ErrorTemplates.Select(other => other.Data).Where(other => other != template).Select(other => Alert(Fill(other, 0))).ShouldNotContain(Alert(Fill(template, 0)));
            row["Cause"].ShouldBeOfType<string>().Length.ShouldBeGreaterThan(20);
        }
    }

    [Theory]
    [InlineData("source | extend Name = iff(Name contains \"/\", \"\", Name)")]
    [InlineData("source | extend Name = IIF(Name contains \"/\", \"\", Name)")]
    [InlineData("source | extend Name = replace_regex(Name, \"a\", \"b\")")]
    [InlineData("source | extend Name = iif(Name CONTAINS \"/\", \"\", Name)")]
    [InlineData("source | extend Name = iif(Name hasprefix \"/\", \"\", Name)")]
    [InlineData("source | Extend Name = \"\"")]
    [InlineData("source | where true | summarize Name = dcount(Name)")]
    [InlineData("source | project-reorder Name")]
    [InlineData("source | extend Name = strcat(Name, \"a)")]
    [InlineData("source | extend Name = (Name")]
    [InlineData("source extend Name = Name")]
    [InlineData("source | extend Name = Name;")]
    [InlineData("source | extend Name = \"\\d\"")]
    public void What_a_transformation_does_not_have_is_refused(string rule) =>
        Should.Throw<Exception>(() => UsesOnly(KqlQuery.Parse(rule), TransformationStages, TransformationOperators, TransformationFunctions));

    /// <summary>An alert on words that nobody writes, or on a timer of another name, is silence.</summary>
    [Fact]
    public void An_alert_looks_for_words_that_the_code_logs_and_for_timers_that_there_are()
    {
        var code = string.Concat(System.IO.Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions", "Rdv"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var words = Alerts.SelectMany(query => LoggedWords().Matches(query)).Select(match => match.Groups[1].Value).ToList();
        words.ShouldNotBeEmpty();
        words.ShouldAllBe(word => code.Contains($"Message = \"{word}", StringComparison.Ordinal));
        var named = Alerts.SelectMany(query => Named().Matches(query)).SelectMany(match => match.Groups[1].Captures).Select(name => name.Value).Distinct().ToList();
        named.ShouldBe(ATimer.All().Select(timer => timer.Name), ignoreOrder: true);
    }

    private static JsonElement Criterion(JsonElement rule) => rule.GetProperty("criteria").GetProperty("allOf")[0];

    /// <summary>What the rules over that table find in these rows.</summary>
    private static List<(JsonElement Rule, IReadOnlyDictionary<string, object?> Row)> Told(string table, params IReadOnlyDictionary<string, object?>[] rows) =>
    [
        .. from rule in AlertRules.Values
           let query = KqlQuery.Parse(Criterion(rule).GetProperty("query").GetString()!)
           where query.Source == table && Criterion(rule).GetProperty("threshold").GetInt32() == 0
           from row in query.Run(rows)
           select (rule, row),
    ];

    private static Dictionary<string, object?> Logged(string function, long level, string text) =>
        new(StringComparer.Ordinal) { ["OperationName"] = function, ["SeverityLevel"] = level, ["Message"] = text };

    private static Dictionary<string, object?> Run(string function, bool success) =>
        new(StringComparer.Ordinal) { ["Name"] = function, ["Success"] = success, ["ResultCode"] = "0" };

    /// <summary>A line of the log, of one of two days.</summary>
    private static string Fill(string template, int day) => Placeholder().Replace(template, match => match.Groups[1].Value switch
    {
        "Territory" => day == 0 ? "69" : "2A",
        "Territories" => day == 0 ? "13, 2A" : "69",
        "Count" or "Minutes" or "Hours" or "Parts" or "PerDay" => day == 0 ? "26" : "50000",
        "Reference" or "Subject" => day == 0 ? "69-K7Q2-9XM4" : new Subject(Territory.Parse("2A"), "qK7Q29XM4").ToString(),
        "Calendar" => new Subject(Territory.Parse(day == 0 ? "69" : "2A"), day == 0 ? "kabcd1" : "kefgh2").ToString(),
        "Kind" => "reminder",
        "Channel" => "Sms",
        var name => throw new InvalidOperationException($"Say what {{{name}}} may be: {template}"),
    });

    private static void UsesOnly(KqlQuery query, HashSet<string> stages, HashSet<string> operators, HashSet<string> functions)
    {
        query.Stages.Select(stage => stage.Operator).Except(stages).ShouldBeEmpty(query.Text);
        query.Operators.Except(operators).ShouldBeEmpty(query.Text);
        query.Functions.Except(functions).ShouldBeEmpty(query.Text);
    }

    [GeneratedRegex("""LogLevel\.(?:Error|Critical), Message = "([^"]+)"\)""")]
    private static partial Regex LoggedError();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\b[A-Z]\w*Tests\b")]
    private static partial Regex TestClass();

    [GeneratedRegex("Message startswith \"([^\"]+)\"")]
    private static partial Regex LoggedWords();

    [GeneratedRegex("""Name (?:== |in \()(?:"(\w+)"(?:, )?)+""")]
    private static partial Regex Named();
}
