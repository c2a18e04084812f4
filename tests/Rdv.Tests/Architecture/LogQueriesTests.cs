using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Tests.Contract;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Infrastructure.Kql;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>The queries that Bicep hands to the log workspace: the rule that keeps keys out of the logs, and the alerts.</summary>
/// <remarks>https://learn.microsoft.com/azure/azure-monitor/essentials/data-collection-transformations-kql</remarks>
public sealed partial class LogQueriesTests
{
    private const string Token = "6997TJV20SADSM2BWJ0D2W";
    private const string Key = "0123456789ABC";
    private const string Person = "69K7Q29XM4";

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

    private static readonly JsonElement Snapshot =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra", "main.snapshot.json"))).RootElement;

    private static IReadOnlyDictionary<string, string> Transformations { get; } = Objects(Snapshot)
        .Where(one => one.TryGetProperty("transformKql", out _))
        .ToDictionary(one => one.GetProperty("streams")[0].GetString()!, one => one.GetProperty("transformKql").GetString()!);

    private static IReadOnlyDictionary<string, JsonElement> AlertRules { get; } = Objects(Snapshot)
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

    public static TheoryData<string, string> RoutesWithAKey { get; } = new(
        from trigger in Triggers.Http
        where HoldsAKey(trigger)
        from address in Addresses(trigger)
        select (trigger.Name, address));

    [Fact]
    public void What_may_hold_an_address_is_transformed() => Transformations.Keys.ShouldBe(
        ["Microsoft-Table-AppRequests", "Microsoft-Table-AppDependencies", "Microsoft-Table-AppTraces", "Microsoft-Table-AppExceptions"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(RoutesWithAKey))]
    public void No_key_of_a_route_is_left_in_any_column(string function, string address)
    {
        _ = function;
        foreach (var text in new[] { $"Executing 'GET {address}'", $"{{\"HttpMethod\":\"GET\",\"HttpPath\":\"{address}\"}}", $"https://rdv.example.fr{address} was refused" })
        {
            foreach (var (stream, rule) in Transformations)
            {
                foreach (var column in Redactions(rule))
                {
                    var left = column(text);
                    foreach (var secret in new[] { Token[..8], Key[..8], Person[..8] })
                    {
                        left.ShouldNotContain(secret, Case.Insensitive, $"{stream}: {left}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("GET /api/territories/69/slots?topic=emploi&from=2026-11-24 answered 200")]
    [InlineData("Executed 'Functions.SendSms' (Succeeded, Duration=41ms)")]
    [InlineData("69-K7Q2-9XM4 was moved")]
    public void What_holds_no_key_stays_as_it_is(string text) =>
        Transformations.Values.SelectMany(Redactions).ShouldAllBe(column => column(text) == text);

    /// <summary>Who deploys to staging asks for each of them, and looks for its key in the workspace.</summary>
    [Fact]
    public void The_script_for_staging_asks_for_every_address_with_a_key()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "infra", "staging", "redaction.sh"));
        var asked = ScriptRoute().Matches(script).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal).ToList();
        var inPath = Triggers.Http.Where(HoldsAKey).Select(trigger =>
            $"{trigger.Method} {TokenName().Replace(trigger.Route.Replace("{file}", "{token}.ics", StringComparison.Ordinal), "{token}")}");
        var inQuery = Triggers.Http.Where(trigger => trigger.Method == "GET" && KeyInQuery.Contains("/" + trigger.Route))
            .Select(trigger => $"GET {trigger.Route.Replace("{id}", "{person}", StringComparison.Ordinal)}?key={{key}}");
        inQuery.ShouldNotBeEmpty();
        asked.ShouldBe(inPath.Concat(inQuery).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_transformation_reads_its_source_and_uses_only_what_transformations_have()
    {
        foreach (var (stream, rule) in Transformations)
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

    private static bool HoldsAKey(Trigger trigger) => KeyName().IsMatch(trigger.Route);

    /// <summary>The calls of the API that take a key as <c>?key=</c>.</summary>
    private static HashSet<string> KeyInQuery { get; } =
    [
        .. from path in JsonDocument.Parse(RepositoryRoot.Text("functions", "Rdv.Functions", "openapi.json")).RootElement.GetProperty("paths").EnumerateObject()
           where Objects(path.Value).Any(one => one.TryGetProperty("$ref", out var parameter) && parameter.ValueEquals("#/components/parameters/Key"))
           select path.Name,
    ];

    /// <summary>Each <c>replace(@'keys', …, replace(@'links', …, column))</c> of a rule, as a function of the column. RE2 and .NET read these two alike.</summary>
    private static IEnumerable<Func<string, string>> Redactions(string rule)
    {
        foreach (Match match in Redaction().Matches(rule))
        {
            var (keys, links) = (match.Groups["keys"].Value, match.Groups["links"].Value);
            yield return text => Regex.Replace(Regex.Replace(text, links, "/-"), keys, "$1-");
        }
    }

    /// <summary>As it was sent, in the other case, and with what a browser or a mail reader adds behind it.</summary>
    private static IEnumerable<string> Addresses(Trigger trigger)
    {
        var address = Triggers.Fill(trigger.Route, name => name switch
        {
            "key" => Key,
            "token" => Token,
            "file" => Token + ".ics",
            "person" => Person,
            "reference" => "69-K7Q2-9XM4",
            _ => "x",
        });
        return [address, address.ToUpperInvariant(), address.ToLowerInvariant(), address + "?nouveau=1", address + ").", address[..^1], $"{address}?key={Key}"];
    }

    private static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Objects(property.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };

    [GeneratedRegex("""replace\(@'(?<keys>[^']*)', @"\\1-", replace\(@'(?<links>[^']*)', @"/-", """)]
    private static partial Regex Redaction();

    [GeneratedRegex(@"^  '((?:GET|POST) [^']+)'$", RegexOptions.Multiline)]
    private static partial Regex ScriptRoute();

    [GeneratedRegex(@"\{(key|token|file)[:}]")]
    private static partial Regex KeyName();

    [GeneratedRegex(@"\{token:[^}]*\}")]
    private static partial Regex TokenName();

    [GeneratedRegex("""LogLevel\.(?:Error|Critical), Message = "([^"]+)"\)""")]
    private static partial Regex LoggedError();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("Message startswith \"([^\"]+)\"")]
    private static partial Regex LoggedWords();

    [GeneratedRegex("""Name (?:== |in \()(?:"(\w+)"(?:, )?)+""")]
    private static partial Regex Named();
}
