import { Component, type ReactNode } from "react";

type Props = {
  readonly children: ReactNode;
  readonly fallback: ReactNode;
  /** What is shown: when it changes, showing it is tried again. */
  readonly of?: string;
};

/** Shows something plain in the place of a part of the page that cannot be shown. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate({ of }: Props): void {
    if (this.state.failed && of !== this.props.of) this.setState({ failed: false });
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
