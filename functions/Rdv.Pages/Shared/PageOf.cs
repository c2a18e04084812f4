using Microsoft.AspNetCore.Components;

namespace Rdv.Pages.Shared;

/// <summary>A page: what it shows was worked out before; it does no I/O.</summary>
public abstract class PageOf<TView> : ComponentBase
{
    [Parameter, EditorRequired]
    public Site Site { get; set; } = null!;

    [Parameter, EditorRequired]
    public TView View { get; set; } = default!;
}
