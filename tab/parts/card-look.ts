/** The looks of Teams that cards are shown in. */
export type CardLook = 'light' | 'dark' | 'contrast';
export const CARD_LOOKS: readonly CardLook[] = ['light', 'dark', 'contrast'];

type Palette = Readonly<Record<'text' | 'subtle' | 'accent' | 'good' | 'warning' | 'attention', string>>;
type Surfaces = Readonly<Record<'default' | 'emphasis' | 'accent' | 'good' | 'warning' | 'attention', string>>;

const palettes: Readonly<Record<CardLook, Palette>> = {
  light: {
    text: '#242424',
    subtle: '#616161',
    accent: '#6264A7',
    good: '#0E700E',
    warning: '#835C00',
    attention: '#C4314B',
  },
  dark: {
    text: '#FFFFFF',
    subtle: '#ADADAD',
    accent: '#7F85F5',
    good: '#54B054',
    warning: '#FAA06B',
    attention: '#E37D80',
  },
  contrast: {
    text: '#FFFFFF',
    subtle: '#FFFFFF',
    accent: '#FFFF00',
    good: '#3FF23F',
    warning: '#FFFF00',
    attention: '#FFFF00',
  },
};

const BLACK = '#000000';
const surfaces: Readonly<Record<CardLook, Surfaces>> = {
  light: {
    default: '#FFFFFF',
    emphasis: '#F5F5F5',
    accent: '#E8EBFA',
    good: '#F1FAF1',
    warning: '#FFF9F0',
    attention: '#FDF3F4',
  },
  dark: {
    default: '#292929',
    emphasis: '#1F1F1F',
    accent: '#2F2F4A',
    good: '#102B10',
    warning: '#3A2411',
    attention: '#3B1519',
  },
  contrast: { default: BLACK, emphasis: BLACK, accent: BLACK, good: BLACK, warning: BLACK, attention: BLACK },
};
const lines: Readonly<Record<CardLook, string>> = { light: '#E0E0E0', dark: '#3D3D3D', contrast: '#FFFFFF' };

const fonts = {
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
};

/**
 * A host config for the `adaptivecards` renderer that looks like Teams: sizes and spacing are those of Microsoft's
 * published Teams sample (AdaptiveCards, samples/HostConfig), colours are near Teams' own. It is a likeness, not Teams.
 */
export function hostConfig(look: CardLook): object {
  const fact = { size: 'Default', color: 'Default', isSubtle: false, wrap: true };
  return {
    choiceSetInputValueSeparator: ',',
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: lines[look] },
    imageSizes: { small: 32, medium: 52, large: 100 },
    fontTypes: {
      default: { ...fonts, fontFamily: "'Segoe UI', Selawik, 'Open Sans', 'Noto Sans', Arial, sans-serif" },
      monospace: { ...fonts, fontFamily: "Consolas, 'Courier New', monospace" },
    },
    containerStyles: containerStyles(look),
    actions: {
      maxActions: 6,
      spacing: 'Default',
      buttonSpacing: 8,
      showCard: { actionMode: 'Inline', inlineTopMargin: 16, style: 'emphasis' },
      actionsOrientation: 'Horizontal',
      actionAlignment: 'Left',
    },
    adaptiveCard: { allowCustomStyle: false },
    imageSet: { imageSize: 'Medium', maxImageHeight: 100 },
    factSet: { title: { ...fact, weight: 'Bolder' }, value: { ...fact, weight: 'Default' }, spacing: 16 },
    textBlock: { headingLevel: 2 },
    inputs: inputs(),
  };
}

function inputs(): object {
  const label = { color: 'Default', isSubtle: false, size: 'Default', weight: 'Default' };
  return {
    label: { inputSpacing: 'Small', requiredInputs: { ...label, suffix: ' *' }, optionalInputs: label },
    errorMessage: { color: 'Attention', size: 'Small', weight: 'Default', spacing: 'Small' },
  };
}

function containerStyles(look: CardLook): object {
  const { text, subtle, ...signals } = palettes[look];
  const foregroundColors = {
    default: { default: text, subtle },
    dark: { default: palettes.light.text, subtle: palettes.light.subtle },
    light: { default: palettes.dark.text, subtle: palettes.dark.subtle },
    ...Object.fromEntries(Object.entries(signals).map(([name, color]) => [name, { default: color, subtle: color }])),
  };
  const styles = Object.entries(surfaces[look]).map(([name, backgroundColor]) => [
    name,
    { backgroundColor, foregroundColors },
  ]);
  return Object.fromEntries(styles);
}
