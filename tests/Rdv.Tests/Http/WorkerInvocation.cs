using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Rdv.Tests.Http;

/// <summary>An invocation as the worker hands it to its middleware, with the request of the ASP.NET Core integration, or without one as a timer's.</summary>
internal sealed class WorkerInvocation : FunctionContext
{
    // Where the integration keeps the request of an invocation.
    private const string HttpContextKey = "HttpRequestContext";

    public WorkerInvocation(HttpContext? http)
    {
        Items = new Dictionary<object, object>();
        if (http is not null)
        {
            Items[HttpContextKey] = http;
        }

        ((Features)Features).Add(ResultFeature.Create());
    }

    public override string InvocationId => "an-invocation";

    public override string FunctionId => "a-function";

    /// <summary>What the host sends of the trace that it has begun.</summary>
    public string TraceParent { get; init; } = "";

    public override TraceContext TraceContext => new Trace(TraceParent);

    public override BindingContext BindingContext => throw new NotSupportedException();

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices { get; set; } = new ServiceCollection().BuildServiceProvider();

    public override FunctionDefinition FunctionDefinition { get; } = new Definition();

    public override IDictionary<object, object> Items { get; set; }

    public override IInvocationFeatures Features { get; } = new Features();

    private sealed class Trace(string parent) : TraceContext
    {
        public override string TraceParent => parent;

        public override string TraceState => "";
    }

    private sealed class Definition : FunctionDefinition
    {
        public override System.Collections.Immutable.ImmutableArray<FunctionParameter> Parameters => [];

        public override string PathToAssembly => "";

        public override string EntryPoint => "";

        public override string Id => "a-function";

        public override string Name => "AFunction";

        public override System.Collections.Immutable.IImmutableDictionary<string, BindingMetadata> InputBindings =>
            System.Collections.Immutable.ImmutableDictionary<string, BindingMetadata>.Empty;

        public override System.Collections.Immutable.IImmutableDictionary<string, BindingMetadata> OutputBindings =>
            System.Collections.Immutable.ImmutableDictionary<string, BindingMetadata>.Empty;
    }
}

internal sealed class Features : Dictionary<Type, object>, IInvocationFeatures
{
    public T? Get<T>() => TryGetValue(typeof(T), out var feature) ? (T)feature : default;

    public void Set<T>(T instance) => this[typeof(T)] = instance!;

    public void Add((Type Type, object Feature) feature) => this[feature.Type] = feature.Feature;

    IEnumerator<KeyValuePair<Type, object>> IEnumerable<KeyValuePair<Type, object>>.GetEnumerator() => GetEnumerator();
}

/// <summary>Keeps the result of an invocation. The worker's own type for it is internal: no class of ours can be one.</summary>
public class ResultFeature : DispatchProxy
{
    private object? _result;

    internal static (Type Type, object Feature) Create()
    {
        var type = typeof(FunctionContext).Assembly.GetType("Microsoft.Azure.Functions.Worker.Context.Features.IFunctionBindingsFeature", throwOnError: true)!;
        return (type, Create(type, typeof(ResultFeature)));
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod?.Name)
        {
            case "get_InvocationResult":
                return _result;
            case "set_InvocationResult":
                _result = args![0];
                return null;
            default:
                throw new NotSupportedException(targetMethod?.Name);
        }
    }
}
