import { ActionIcon, Group, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languages, type Language } from '../i18n/i18n.ts';

/** Language and colours without a menu: the doors load no menus. */
export function DoorPreferences() {
  const { t, i18n } = useTranslation();
  const scheme = useComputedColorScheme(), { setColorScheme } = useMantineColorScheme();
  const other: Language = i18n.language === 'zh' ? 'en' : 'zh';
  const Icon = scheme === 'dark' ? IconSun : IconMoon, next = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Group gap="xs" wrap="nowrap">
      <UnstyledButton fz="sm" p={6} lang={other} onClick={() => void chooseLanguage(other)}>{languages[other]}</UnstyledButton>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${t('shell.theme')}: ${t(`shell.theme_${next}`)}`} onClick={() => setColorScheme(next)}><Icon size={18} /></ActionIcon>
    </Group>
  );
}
